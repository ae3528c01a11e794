using CloudLb.Core.LoadBalancers;

namespace CloudLb.Core.Planning;

/// <summary>All the traffic that must flow, in no data plane's words: load balancers in the order of their keys.</summary>
public sealed record TrafficPlan(EquatableArray<PlannedLoadBalancer> LoadBalancers)
{
    public static readonly TrafficPlan Empty = new([]);

    /// <summary>What all sources want, together.</summary>
    public static TrafficPlan Merge(IEnumerable<IPlanSource> sources) =>
        new(sources.SelectMany(source => source.Plan()).OrderBy(planned => planned.Key).ToEquatableArray());
}
