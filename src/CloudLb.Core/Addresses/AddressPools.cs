using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>Several pools: that of a load balancer's subnet, if one has any, else that of its scheme.</summary>
/// <param name="usual">For all that the others are not for.</param>
/// <param name="ofInternal">For internal load balancers; null: the usual one.</param>
/// <param name="bySubnet">By the id of a subnet.</param>
public sealed class AddressPools(
    AddressPool usual, AddressPool? ofInternal, IReadOnlyDictionary<string, AddressPool> bySubnet) : IAddressAllocator
{
    public IPAddress Allocate(Snapshot snapshot, IReadOnlyCollection<int>? ports = null) => usual.Allocate(snapshot, ports);

    /// <inheritdoc/>
    public IPAddress Allocate(Snapshot snapshot, AddressWish wish)
    {
        var ofSubnet = wish.Subnets.Select(subnet => bySubnet.GetValueOrDefault(subnet)).FirstOrDefault(pool => pool is not null);
        return (ofSubnet ?? (wish.IsInternal ? ofInternal : null) ?? usual).Allocate(snapshot, wish.Ports);
    }
}
