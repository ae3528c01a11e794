using System.Net;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.Core.Addresses;

/// <summary>Chooses the address that a new load balancer's listeners are bound to; it is kept for the load balancer's life.</summary>
public interface IAddressAllocator
{
    /// <summary>A free address. Throws <see cref="ServiceException"/> when the pool is exhausted.</summary>
    /// <param name="snapshot">All load balancers there are, whose addresses are taken.</param>
    /// <param name="ports">What the load balancer is to listen on.</param>
    IPAddress Allocate(LoadBalancerSnapshot snapshot, IReadOnlyCollection<int>? ports = null);
}
