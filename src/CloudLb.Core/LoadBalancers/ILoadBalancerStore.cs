namespace CloudLb.Core.LoadBalancers;

/// <summary>
/// Keeps load balancers. A change is answered when it is durable; by then it stands in <see cref="Current"/>, and the change signal has been raised.
/// A change that changes nothing is not written. Changes are applied one after the other, whoever makes them.
/// </summary>
public interface ILoadBalancerStore
{
    /// <summary>Everything that was answered so far, read from memory.</summary>
    LoadBalancerSnapshot Current { get; }

    /// <summary>
    /// Adds a load balancer, or returns the one that <paramref name="create"/> settled on.
    /// </summary>
    /// <param name="create">
    /// Given everything there is at the moment of the change: returns the new load balancer, or the existing one to leave it as it is, or throws
    /// <see cref="ServiceException"/>. May run on another thread; must not wait.
    /// </param>
    Task<LoadBalancer> CreateAsync(LoadBalancerKey key, Func<LoadBalancerSnapshot, LoadBalancer> create, CancellationToken cancellationToken);

    /// <summary>Replaces a load balancer by what <paramref name="update"/> makes of it; LoadBalancerNotFound when there is none.</summary>
    /// <param name="update">A pure function; may run on another thread; must not wait.</param>
    Task<LoadBalancer> UpdateAsync(LoadBalancerKey key, Func<LoadBalancer, LoadBalancer> update, CancellationToken cancellationToken);

    /// <summary>Removes a load balancer; one that does not exist is no error.</summary>
    Task DeleteAsync(LoadBalancerKey key, CancellationToken cancellationToken);
}
