using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Counters;

/// <summary>What a data plane has counted. Safe to call from any thread; answers from memory.</summary>
public interface ITrafficCounters
{
    /// <summary>
    /// What has gone through the load balancers, as far as they have had traffic. Counters never go back while the load balancer exists,
    /// over hand-overs and restarts too.
    /// </summary>
    IEnumerable<LoadBalancerTraffic> Traffic { get; }

    /// <summary>The same of one load balancer; null while it has had no traffic.</summary>
    LoadBalancerTraffic? TrafficOf(LoadBalancerId loadBalancer);
}
