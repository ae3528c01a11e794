
namespace CloudLb.Core.Traffic.Planning;

/// <summary>All the traffic that must flow, in no data plane's words: load balancers in the order of their ids.</summary>
public sealed record TrafficPlan(EquatableArray<PlannedLoadBalancer> LoadBalancers)
{
    public static readonly TrafficPlan Empty = new([]);

    /// <summary>What all sources want, together. One source alone is taken as it is, since each is in the order of ids.</summary>
    public static TrafficPlan Merge(IEnumerable<IPlanSource> sources)
    {
        var plans = sources.Select(source => source.Plan()).Where(plan => plan.Count > 0).ToList();
        return new(
            plans is [var only]
                ? only.ToEquatableArray()
                : plans.SelectMany(plan => plan).OrderBy(planned => planned.Id).ToEquatableArray());
    }
}
