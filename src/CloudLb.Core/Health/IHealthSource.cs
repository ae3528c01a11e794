using CloudLb.Core.LoadBalancers;

namespace CloudLb.Core.Health;

/// <summary>What the data plane's checks say of the members. Safe to call from any thread; answers from memory.</summary>
public interface IHealthSource
{
    /// <summary>What is known of one instance of one load balancer; null when the data plane has not taken it up.</summary>
    ObservedHealth? Find(LoadBalancerKey loadBalancer, string instanceId);
}
