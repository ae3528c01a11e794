using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy.Updating;

/// <summary>
/// How much actions send to each of their pools, which changes at run time while they are the same pools and one is given any.
/// </summary>
internal static class PoolWeights
{
    /// <summary>The listener as it is served, with the next one's weights where they can be put in.</summary>
    public static PlannedListener TakenOver(PlannedListener served, PlannedListener next) => served with
    {
        DefaultAction = TakenOver(served.DefaultAction, next.DefaultAction),
        Rules = served.Rules.Count == next.Rules.Count
            ? served.Rules.Zip(next.Rules, (rule, other) => rule with { Action = TakenOver(rule.Action, other.Action) }).ToEquatableArray()
            : served.Rules,
    };

    /// <summary>The lists whose range is another, with both.</summary>
    public static IEnumerable<(string List, string Before, string After)> Changes(PlannedLoadBalancer served, PlannedLoadBalancer next)
    {
        var before = WeightLines.Of(served).ToDictionary(each => each.List, each => each.Range);
        return WeightLines.Of(next)
            .Where(each => before.TryGetValue(each.List, out var range) && range != each.Range)
            .Select(each => (each.List, before[each.List], each.Range))
            .ToList();
    }

    private static PlannedAction TakenOver(PlannedAction served, PlannedAction next) =>
        served is PlannedAction.Forward { Pools: var before } forward
            && next is PlannedAction.Forward { Pools: var after }
            && before.Select(pool => pool.Pool).SequenceEqual(after.Select(pool => pool.Pool))
            && WeightLines.IsAny(before) == WeightLines.IsAny(after)
            ? forward with { Pools = after }
            : served;
}
