using System.Net;

namespace CloudLb.Core.Addresses;

/// <summary>
/// An address at which every load balancer can be reached beside its own: HTTP and HTTPS listeners of many at one port, told apart by host
/// name, and any other listener at a port that it has to itself.
/// </summary>
/// <param name="Address">The machine's.</param>
/// <param name="IsOurChoice">
/// Whether nobody asked for it, as on a laptop: then it is for web clients at the usual ports alone, and whoever is there already stays.
/// </param>
public sealed record SharedAddress(IPAddress Address, bool IsOurChoice)
{
    private const int Http = 80, Https = 443;

    /// <summary>Whether a listener can be reached there.</summary>
    /// <param name="kind">What is spoken with its clients.</param>
    /// <param name="port">The listener's.</param>
    public bool IsFor(SharedKind kind, int port) => !IsOurChoice || (kind, port) is (SharedKind.Http, Http) or (SharedKind.Https, Https);
}
