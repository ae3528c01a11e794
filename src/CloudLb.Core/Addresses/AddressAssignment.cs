using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>Gives load balancers their addresses, and takes those of subnets that they leave.</summary>
/// <param name="pools">Where addresses are from.</param>
/// <param name="speed">Of the clock by which they leave.</param>
/// <param name="clock">For the same.</param>
public sealed class AddressAssignment(IAddressAllocator pools, ClockSpeed speed, TimeProvider clock)
{
    /// <summary>
    /// Names are told for a minute, and what asks once and believes it for as long again has found another by then.
    /// </summary>
    private static readonly TimeSpan Leave = TimeSpan.FromMinutes(2);

    /// <summary>Whether addresses can be due though nothing leaves.</summary>
    public bool HasSubnetPools => pools.HasSubnets;

    /// <summary>Whether a load balancer can have an address of IPv6 beside its others.</summary>
    public bool HasIPv6 => pools.IPv6 is not null;

    public LoadBalancerAddresses New(Snapshot snapshot, AddressWish wish) => LoadBalancerAddresses.New(pools, snapshot, wish);

    /// <summary>Those that are due by now.</summary>
    public LoadBalancerAddresses Of(LoadBalancerAddresses before, Snapshot snapshot, AddressWish wish)
    {
        var now = clock.GetUtcNow();
        return before.Changed(pools, snapshot, wish, now + speed.Of(Leave)).At(now);
    }

    /// <summary>
    /// Whether others are due, of a load balancer whose subnets did not change: some have left, or there are pools that there were not.
    /// </summary>
    /// <param name="addresses">What it has.</param>
    /// <param name="subnets">The ids of its subnets.</param>
    public bool IsDue(LoadBalancerAddresses addresses, IEnumerable<string> subnets) =>
        (addresses.Leaving.Count > 0 && addresses.At(clock.GetUtcNow()) != addresses)
        || (pools.HasSubnets && subnets.Any(
            id => pools.PoolOf(id) is not null && addresses.OfSubnets.All(each => each.SubnetId != id)));
}
