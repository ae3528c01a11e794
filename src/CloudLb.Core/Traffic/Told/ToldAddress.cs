using System.Net;

namespace CloudLb.Core.Traffic.Told;

/// <summary>One of several addresses of a load balancer.</summary>
/// <param name="Address">The address.</param>
/// <param name="AvailabilityZone">Its zone; null of one that is of no subnet.</param>
/// <param name="IsLeaving">Whether no name leads to it any more, while it is still served.</param>
public sealed record ToldAddress(IPAddress Address, string? AvailabilityZone, bool IsLeaving);
