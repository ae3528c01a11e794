namespace CloudLb.Core.Addresses;

/// <summary>What a load balancer's addresses depend on.</summary>
/// <param name="Ports">What it is to listen on.</param>
/// <param name="IsInternal">Whether its scheme is internal.</param>
/// <param name="Subnets">The ids of its subnets with their zones; none outside a VPC.</param>
public sealed record AddressWish(
    IReadOnlyCollection<int> Ports, bool IsInternal, IReadOnlyList<(string SubnetId, string AvailabilityZone)> Subnets)
{
    /// <summary>Those that are asked for, and known to be free, by the ids of their subnets.</summary>
    public IReadOnlyDictionary<string, FixedAddress> Fixed { get; init; } = new Dictionary<string, FixedAddress>();

    /// <summary>Whether it is to have an address of IPv6 beside the others.</summary>
    public bool IsDualStack { get; init; }
}
