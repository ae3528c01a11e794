using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>What load balancers share: an address, if there is one, and the host names by which they are told apart there.</summary>
/// <param name="Address">Null when there is none.</param>
/// <param name="Claims">Which host names are whose.</param>
public sealed record Sharing(SharedAddress? Address, HostNameClaims Claims)
{
    public static readonly Sharing None = new(null, HostNameClaims.None);

    /// <summary>What a listener uses of the shared address, if there is one.</summary>
    public static Use UseOf(SharedKind kind, int port) => Use.OfPort(port, $"{kind}");

    /// <summary>The shared address, where a listener can be reached there.</summary>
    public IPAddress? At(SharedKind kind, int port) => Address?.IsFor(kind, port) == true ? Address.Address : null;

    /// <summary>Null when the shared address has room for a listener; else why not.</summary>
    public string? WhyNot(SharedKind kind, int port, Snapshot snapshot, Func<ResourceUser, bool> isSelf)
    {
        if (Address is null or { IsOurChoice: true })
        {
            return null;
        }

        foreach (var taken in Enum.GetValues<SharedKind>().Where(taken => taken != kind || kind == SharedKind.Alone))
        {
            if (snapshot.UsersOf(UseOf(taken, port)).Any(user => !isSelf(user)))
            {
                var what = taken == SharedKind.Alone ? "a TCP or SSL" : $"an {$"{taken}".ToUpperInvariant()}";
                return $"Port {port} of the shared address {Address.Address} is taken: another load balancer has {what} listener there.";
            }
        }

        return null;
    }
}
