using System.Text.Json.Serialization;
using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>What clients may call it by, in lower case: its DNS name, and then what a tag of its gives.</summary>
    [JsonIgnore]
    public IEnumerable<string> HostNames => (Type == LoadBalancerType.Application ? HostNameClaims.NamesIn(HostNameTag) : [])
        .Prepend(DnsName.ToLowerInvariant()).Distinct();

    private string? HostNameTag => Tags.FirstOrDefault(tag => tag.Key == HostNameClaims.Tag)?.Value;

    /// <summary>Its DNS name, and those that its account may still claim.</summary>
    public EquatableArray<string> HostNamesBy(HostNameClaims claims) => HostNames
        .Where((name, position) => position == 0 || claims.MayClaim(Arn.Account.ToString(), name))
        .ToEquatableArray();

    /// <summary>Refuses host names that are not its account's to claim, or mean nothing.</summary>
    /// <param name="claims">Which are whose.</param>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="before">As it was before this change; null when it is new.</param>
    public LoadBalancer EnsureClaimable(HostNameClaims claims, Snapshot snapshot, LoadBalancer? before)
    {
        if (HostNameTag is not { } value || value == before?.HostNameTag)
        {
            return this;
        }

        if (Type != LoadBalancerType.Application)
        {
            throw CommonErrors.ValidationError.Because(
                $"The tag {HostNameClaims.Tag} has no effect on a network load balancer, whose listeners are told apart by their ports.");
        }

        return claims.WhyNot(Arn.Account.ToString(), value, snapshot, IsSelf) is { } fault
            ? throw CommonErrors.ValidationError.Because(fault)
            : this;
    }

    private bool IsSelf(ResourceUser user) => user.Kind == LoadBalancerCollection.Kind && user.Key.Equals(Arn);
}
