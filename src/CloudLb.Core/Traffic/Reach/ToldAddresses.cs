using CloudLb.Core.Addresses;
using CloudLb.Core.Traffic.Told;

namespace CloudLb.Core.Traffic.Reach;

/// <summary>A load balancer's addresses, for an operator.</summary>
public static class ToldAddresses
{
    /// <summary>All that it is served at; none where that is one.</summary>
    public static IReadOnlyList<ToldAddress> Tell(this LoadBalancerAddresses addresses) => addresses.All.Skip(1).Any()
        ?
        [
            .. addresses.Zoned.Select(each => new ToldAddress(each.Address, each.Zone, IsLeaving: false)),
            .. addresses.Leaving.Select(each => new ToldAddress(
                each.Address, each.AvailabilityZone.Length > 0 ? each.AvailabilityZone : null, IsLeaving: true)),
        ]
        : [];
}
