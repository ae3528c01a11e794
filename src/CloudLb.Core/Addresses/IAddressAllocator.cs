using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>Chooses the addresses that load balancers' listeners are bound to.</summary>
public interface IAddressAllocator
{
    /// <summary>Whether any subnet has a pool of its own.</summary>
    bool HasSubnets => false;

    /// <summary>Those of IPv6 that load balancers have beside their others; null when there are none.</summary>
    AddressPool? IPv6 => null;

    /// <summary>A free address. Throws <see cref="ServiceException"/> when the pool is exhausted.</summary>
    /// <param name="snapshot">Everything there is; the addresses in use are taken.</param>
    /// <param name="ports">What the load balancer is to listen on.</param>
    IPAddress Allocate(Snapshot snapshot, IReadOnlyCollection<int>? ports = null);

    /// <summary>The same out of the pool of a load balancer's scheme.</summary>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="wish">What is known of the load balancer.</param>
    IPAddress Allocate(Snapshot snapshot, AddressWish wish) => Allocate(snapshot, wish.Ports);

    /// <summary>The pool of a subnet's own; null when it has none.</summary>
    AddressPool? PoolOf(string subnetId) => null;
}
