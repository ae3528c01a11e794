using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>Chooses the address that a new load balancer's listeners are bound to; it is kept for the load balancer's life.</summary>
public interface IAddressAllocator
{
    /// <summary>A free address. Throws <see cref="ServiceException"/> when the pool is exhausted.</summary>
    /// <param name="snapshot">Everything there is; the addresses in use are taken.</param>
    /// <param name="ports">What the load balancer is to listen on.</param>
    IPAddress Allocate(Snapshot snapshot, IReadOnlyCollection<int>? ports = null);

    /// <summary>The same for a load balancer of which more is known.</summary>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="wish">What is known.</param>
    IPAddress Allocate(Snapshot snapshot, AddressWish wish) => Allocate(snapshot, wish.Ports);
}
