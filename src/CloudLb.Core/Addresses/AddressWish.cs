namespace CloudLb.Core.Addresses;

/// <summary>What a new load balancer's address depends on.</summary>
/// <param name="Ports">What it is to listen on.</param>
/// <param name="IsInternal">Whether its scheme is internal.</param>
/// <param name="Subnets">The ids of its subnets; none outside a VPC.</param>
public sealed record AddressWish(IReadOnlyCollection<int> Ports, bool IsInternal, IReadOnlyList<string> Subnets);
