using CloudLb.Core.LoadBalancers;

namespace CloudLb.Tests.Unit.LoadBalancers;

/// <summary>Load balancers that last as long as the test.</summary>
internal sealed class MemoryLoadBalancers : ILoadBalancerStore
{
    public LoadBalancerSnapshot Current { get; private set; } = LoadBalancerSnapshot.Empty;

    public Task<LoadBalancer> CreateAsync(LoadBalancerKey key, Func<LoadBalancerSnapshot, LoadBalancer> create, CancellationToken cancellationToken) =>
        Task.FromResult(Keep(create(Current)));

    public Task<LoadBalancer> UpdateAsync(LoadBalancerKey key, Func<LoadBalancer, LoadBalancer> update, CancellationToken cancellationToken) =>
        Task.FromResult(Keep(update(Current.Get(key))));

    public Task DeleteAsync(LoadBalancerKey key, CancellationToken cancellationToken)
    {
        Current = Current.Without(key);
        return Task.CompletedTask;
    }

    public LoadBalancer Keep(LoadBalancer loadBalancer)
    {
        Current = Current.With(loadBalancer);
        return loadBalancer;
    }
}
