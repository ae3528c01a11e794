using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>
/// Where a load balancer is reached: at an address in each of its subnets that has a pool of its own, or else at one. What it was given
/// before its subnets had pools it keeps beside theirs.
/// </summary>
/// <param name="First">What stands for all where there is room for one; it is one of a subnet, or of none.</param>
/// <param name="OfSubnets">In the order of the subnets.</param>
/// <param name="Leaving">What it was reached at, and is until clients can have forgotten it.</param>
public sealed record LoadBalancerAddresses(
    IPAddress First, EquatableArray<SubnetAddress> OfSubnets, EquatableArray<LeavingAddress> Leaving)
{
    /// <summary>Of IPv6, beside the others and of no subnet; null where it has none.</summary>
    public IPAddress? IPv6 { get; init; }

    /// <summary>Those that names lead to, each once.</summary>
    public IEnumerable<IPAddress> Named =>
        OfSubnets.Select(each => each.Address).Prepend(First).Concat(IPv6 is null ? [] : [IPv6]).Distinct();

    /// <summary>The same, each with its zone; that of an address of no subnet is null.</summary>
    public IEnumerable<(IPAddress Address, string? Zone)> Zoned =>
        Named.Select(address => (address, OfSubnets.FirstOrDefault(each => each.Address.Equals(address))?.AvailabilityZone));

    /// <summary>Those that listeners are at, each once.</summary>
    public IEnumerable<IPAddress> All => Leaving.Count == 0 ? Named : Named.Concat(Leaving.Select(each => each.Address)).Distinct();

    /// <summary>What a new load balancer is given.</summary>
    public static LoadBalancerAddresses New(IAddressAllocator pools, Snapshot snapshot, AddressWish wish)
    {
        var ofSubnets = wish.Subnets.Select(subnet => Asked(wish, subnet) ?? Given(pools, snapshot, wish, subnet))
            .OfType<SubnetAddress>().ToEquatableArray();
        return new(ofSubnets.Count > 0 ? ofSubnets[0].Address : pools.Allocate(snapshot, wish), ofSubnets, [])
        {
            IPv6 = wish.IsDualStack ? GivenIPv6(pools, snapshot, wish) : null,
        };
    }

    /// <summary>What it has in other subnets, or with other pools: what it can keep stays.</summary>
    /// <param name="pools">Where addresses are from.</param>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="wish">Where it is now.</param>
    /// <param name="until">When those go that leave now.</param>
    public LoadBalancerAddresses Changed(IAddressAllocator pools, Snapshot snapshot, AddressWish wish, DateTimeOffset until)
    {
        var ofSubnets = wish.Subnets
            .Select(subnet => Asked(wish, subnet) ?? Kept(pools, subnet) ?? Given(pools, snapshot, wish, subnet))
            .OfType<SubnetAddress>().ToEquatableArray();
        var isOfNone = OfSubnets.All(each => !each.Address.Equals(First));
        var first = isOfNone || ofSubnets.Any(each => each.Address.Equals(First)) ? First
            : ofSubnets.Count > 0 ? ofSubnets[0].Address
            : pools.Allocate(snapshot, wish);
        var next = new LoadBalancerAddresses(first, ofSubnets, [])
        {
            IPv6 = wish.IsDualStack ? IPv6 ?? LeavingIPv6 ?? GivenIPv6(pools, snapshot, wish) : null,
        };
        var named = next.Named.ToHashSet();
        return next with
        {
            Leaving = Leaving
                .Concat(OfSubnets.Select(
                    each => new LeavingAddress(each.SubnetId, each.AvailabilityZone, each.Address, until, each.AllocationId)))
                .Concat(IPv6 is null ? [] : [new LeavingAddress("", "", IPv6, until)])
                .Where(each => !named.Contains(each.Address))
                .ToEquatableArray(),
        };
    }

    /// <summary>Without those whose time is past.</summary>
    public LoadBalancerAddresses At(DateTimeOffset now) => Leaving.All(each => each.Until > now)
        ? this
        : this with { Leaving = Leaving.Where(each => each.Until > now).ToEquatableArray() };

    /// <summary>Those in a zone; all that names lead to where it has none of its own.</summary>
    public IEnumerable<IPAddress> In(string zone)
    {
        var ofZone = OfSubnets.Where(each => each.AvailabilityZone == zone).Select(each => each.Address).ToList();
        return ofZone.Count > 0 ? ofZone : Named;
    }

    /// <summary>The one in a subnet, or the first where it has none of its own.</summary>
    public IPAddress InSubnet(string subnetId) => OfSubnets.FirstOrDefault(each => each.SubnetId == subnetId)?.Address ?? First;

    /// <summary>What it had until a moment ago.</summary>
    private IPAddress? LeavingIPv6 => Leaving.FirstOrDefault(each => each.SubnetId.Length == 0)?.Address;

    private static IPAddress? GivenIPv6(IAddressAllocator pools, Snapshot snapshot, AddressWish wish) =>
        pools.IPv6?.Allocate(snapshot, wish.Ports);

    private static SubnetAddress? Given(
        IAddressAllocator pools, Snapshot snapshot, AddressWish wish, (string SubnetId, string AvailabilityZone) subnet) =>
        pools.PoolOf(subnet.SubnetId) is { } pool
            ? new(subnet.SubnetId, subnet.AvailabilityZone, pool.Allocate(snapshot, wish.Ports))
            : null;

    private static SubnetAddress? Asked(AddressWish wish, (string SubnetId, string AvailabilityZone) subnet) =>
        wish.Fixed.GetValueOrDefault(subnet.SubnetId) is { } asked
            ? new(subnet.SubnetId, subnet.AvailabilityZone, asked.Address, IsFixed: true, asked.AllocationId)
            : null;

    /// <summary>
    /// What it has in the subnet, had there of the pool until a moment ago, or was given out of the subnet's pool when a load balancer had
    /// one address.
    /// </summary>
    private SubnetAddress? Kept(IAddressAllocator pools, (string SubnetId, string AvailabilityZone) subnet)
    {
        if (OfSubnets.FirstOrDefault(each => each.SubnetId == subnet.SubnetId) is { } there)
        {
            return there with { AvailabilityZone = subnet.AvailabilityZone };
        }

        var address = Leaving.FirstOrDefault(each => each.SubnetId == subnet.SubnetId && each.AllocationId is null)?.Address
            ?? (pools.PoolOf(subnet.SubnetId)?.Holds(First) == true ? First : null);
        return address is null ? null : new(subnet.SubnetId, subnet.AvailabilityZone, address);
    }
}
