using System.Text.Json.Serialization;
using CloudLb.AwsApi;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>What clients may call it by, in lower case: its DNS name, and then what a tag of its gives.</summary>
    [JsonIgnore]
    public IEnumerable<string> HostNames => HostNameClaims.NamesIn(HostNameTag).Prepend(DnsName.ToLowerInvariant()).Distinct();

    private string? HostNameTag => Tags.FirstOrDefault(tag => tag.Key == HostNameClaims.Tag)?.Value;

    /// <summary>Refuses host names that are not its account's to claim, and listeners for which a shared address has no room.</summary>
    /// <param name="sharing">What is shared, and by whom.</param>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="before">As it was before this change; null when it is new.</param>
    public LoadBalancer EnsureShareable(Sharing sharing, Snapshot snapshot, LoadBalancer? before)
    {
        if (HostNameTag is { } value && value != before?.HostNameTag
            && sharing.Claims.WhyNot(Key.Account.ToString(), value, snapshot, IsSelf) is { } fault)
        {
            throw CommonErrors.ValidationError.Because(fault);
        }

        foreach (var listener in Listeners.Where(listener => before?.Listeners.Contains(listener) != true))
        {
            if (sharing.WhyNot(listener.SharedKind, listener.LoadBalancerPort, snapshot, IsSelf) is { } clash)
            {
                throw Errors.InvalidConfigurationRequest.Because(clash);
            }
        }

        return this;
    }

    private bool IsSelf(ResourceUser user) => user.Kind == LoadBalancerCollection.Kind && user.Key.Equals(Key);
}
