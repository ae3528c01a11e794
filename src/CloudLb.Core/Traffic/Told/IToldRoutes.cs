using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Told;

/// <summary>
/// What an API whose load balancers have rules tells of a request that nobody sends. Safe to call from any thread; answers from memory.
/// </summary>
public interface IToldRoutes
{
    /// <summary>Where a request would go, and why; null when the load balancer is none of the API's, or gone.</summary>
    ToldRoute? Follow(LoadBalancerId loadBalancer, ToldRequest request);
}
