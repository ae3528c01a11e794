using System.Net;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>An Availability Zone in which a load balancer has addresses of its own.</summary>
/// <param name="Name">Letters, digits and hyphens.</param>
/// <param name="Addresses">At least one, and none that another zone has.</param>
public sealed record PlannedZone(string Name, EquatableArray<IPAddress> Addresses);
