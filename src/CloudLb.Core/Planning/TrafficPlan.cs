using CloudLb.Core.LoadBalancers;

namespace CloudLb.Core.Planning;

/// <summary>All the traffic that must flow, in no data plane's words: load balancers in the order of their keys.</summary>
public sealed record TrafficPlan(EquatableArray<PlannedLoadBalancer> LoadBalancers)
{
    public static readonly TrafficPlan Empty = new([]);
}
