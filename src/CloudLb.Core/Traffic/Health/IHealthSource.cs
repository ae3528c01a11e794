using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Health;

/// <summary>What the data plane's checks say of the members. Safe to call from any thread; answers from memory.</summary>
public interface IHealthSource
{
    /// <summary>What is known of one instance of one load balancer; null when the data plane has not taken it up.</summary>
    ObservedHealth? Find(LoadBalancerId loadBalancer, string instanceId);

    /// <summary>The same for many instances of one load balancer: what all of them share is looked up once.</summary>
    Func<string, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer) => instanceId => Find(loadBalancer, instanceId);

    /// <summary>
    /// The same for the members of one pool, where the API tells a target's state in each pool by itself.
    /// </summary>
    /// <param name="loadBalancer">Whose pool it is.</param>
    /// <param name="pool">Its name in the plan.</param>
    Func<MemberId, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer, string pool) => _ => null;

    /// <summary>
    /// Why no listener of the load balancer is served, in a sentence; null when one is, when it has none, and before that was tried.
    /// </summary>
    string? WhyNotServed(LoadBalancerId loadBalancer) => null;

    /// <summary>
    /// Why a load balancer that has several addresses does not listen at one of them as it should, in a sentence; null where it does, and
    /// where nothing is known of it.
    /// </summary>
    string? WhyNotAt(LoadBalancerId loadBalancer, IPAddress address) => null;
}
