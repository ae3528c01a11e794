using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;

namespace CloudLb.Elb.Domain;

/// <summary>What load balancers share: an address, if there is one, and the host names by which they are told apart there.</summary>
/// <param name="Address">Null when there is none.</param>
/// <param name="Claims">Which host names are whose.</param>
public sealed record Sharing(SharedAddress? Address, HostNameClaims Claims)
{
    public static readonly Sharing None = new(null, HostNameClaims.None);

    public static SharedKind KindOf(Listener listener) => !listener.IsHttp ? SharedKind.Alone
        : listener.Protocol == ListenerProtocol.HTTPS ? SharedKind.Https
        : SharedKind.Http;

    /// <summary>Whether a listener can be reached at the shared address.</summary>
    public bool IsFor(Listener listener) => Address?.IsFor(KindOf(listener), listener.LoadBalancerPort) == true;

    /// <summary>Null when the shared address has room for a listener; else why not.</summary>
    public string? WhyNot(Listener listener, Snapshot snapshot, Func<ResourceUser, bool> isSelf)
    {
        if (Address is null or { IsOurChoice: true })
        {
            return null;
        }

        var kind = KindOf(listener);
        foreach (var taken in Enum.GetValues<SharedKind>().Where(taken => taken != kind || kind == SharedKind.Alone))
        {
            if (snapshot.UsersOf(Use.OfPort(listener.LoadBalancerPort, $"{taken}")).Any(user => !isSelf(user)))
            {
                var what = taken == SharedKind.Alone ? "a TCP or SSL" : $"an {$"{taken}".ToUpperInvariant()}";
                return $"Port {listener.LoadBalancerPort} of the shared address {Address.Address} is taken: another load balancer has "
                    + $"{what} listener there.";
            }
        }

        return null;
    }
}
