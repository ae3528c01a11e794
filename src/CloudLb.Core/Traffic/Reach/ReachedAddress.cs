using System.Net;

namespace CloudLb.Core.Traffic.Reach;

/// <summary>One of several addresses of a load balancer.</summary>
/// <param name="Address">The address.</param>
/// <param name="Reason">Why whoever comes there is not served as well as elsewhere, by the health of those behind; null: is.</param>
public sealed record ReachedAddress(IPAddress Address, string? Reason);
