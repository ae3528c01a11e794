using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>Several pools: those that subnets have for themselves, and those of the schemes.</summary>
/// <param name="usual">For all that the others are not for.</param>
/// <param name="ofInternal">For internal load balancers; null: the usual one.</param>
/// <param name="bySubnet">By the id of a subnet.</param>
/// <param name="ipv6">For addresses of IPv6 beside the others; null: there are none.</param>
public sealed class AddressPools(
    AddressPool usual, AddressPool? ofInternal, IReadOnlyDictionary<string, AddressPool> bySubnet, AddressPool? ipv6 = null)
    : IAddressAllocator
{
    /// <inheritdoc/>
    public AddressPool? IPv6 { get; } = ipv6;

    /// <inheritdoc/>
    public bool HasSubnets => bySubnet.Count > 0;

    public IPAddress Allocate(Snapshot snapshot, IReadOnlyCollection<int>? ports = null) => usual.Allocate(snapshot, ports);

    /// <inheritdoc/>
    public IPAddress Allocate(Snapshot snapshot, AddressWish wish) =>
        ((wish.IsInternal ? ofInternal : null) ?? usual).Allocate(snapshot, wish.Ports);

    /// <inheritdoc/>
    public AddressPool? PoolOf(string subnetId) => bySubnet.GetValueOrDefault(subnetId);
}
