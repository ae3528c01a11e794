using System.Net;

namespace CloudLb.Dns.Answering;

/// <summary>An address that a name could resolve to.</summary>
/// <param name="Address">The address.</param>
/// <param name="IsHealthy">Whether who comes there is served.</param>
internal readonly record struct NamedAddress(IPAddress Address, bool IsHealthy = true)
{
    /// <summary>Whether it is told to the networks for internal load balancers alone.</summary>
    public bool IsInternal { get; init; }
}
