using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.AccessLogs;

/// <summary>Says what the checks of load balancers are about whose log of them is on. Safe to call from any thread.</summary>
public interface ILoggedChecks
{
    /// <summary>The pools of a load balancer that are checked; none of one that is not this API's.</summary>
    IReadOnlyList<LoggedPool> PoolsOf(LoadBalancerId loadBalancer);
}
