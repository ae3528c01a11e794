using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy.Updating;

/// <summary>
/// Rules that are found by maps (<see cref="RuleIndex"/>) change at run time while nothing but what is in the maps changes with them: all
/// else that is written of the load balancer is the same to the letter.
/// </summary>
internal static class RuleMaps
{
    /// <summary>Whether maps are all that parts two plans whose rules alone differ.</summary>
    /// <param name="served">What is served, with whatever else changes at run time put in.</param>
    /// <param name="next">The next plan.</param>
    /// <param name="render">What is written of each.</param>
    public static bool AreAll(PlannedLoadBalancer served, PlannedLoadBalancer next, Rendering render) =>
        served.Listeners.Count == next.Listeners.Count
        && WithRulesOf(next, served) == next
        && Gated(served).SequenceEqual(Gated(next))
        && render(served) is var before
        && render(next) is var after
        && (before.Text, before.Sources, before.Routes) == (after.Text, after.Sources, after.Routes)
        && Steps(before, after) is not null;

    /// <summary>
    /// The maps in the order in which they are replaced, each at once: after every step each request meets the rules of before or those of
    /// the next plan, whatever it has looked up already. Null where there is no such order.
    /// </summary>
    public static IReadOnlyList<RuleMap>? Steps(LoadBalancerSections served, LoadBalancerSections next)
    {
        var before = served.Maps.ToDictionary(map => map.Name);
        var steps = new List<RuleMap>();
        foreach (var ofOne in next.Maps.Where(map => before[map.Name] != map).GroupBy(map => map.Listener))
        {
            // Of several indexes a rule may leave the one and come to the other, and a request that is between them would meet neither.
            var indexes = ofOne.Where(map => !map.HasSections).ToList();
            var sections = ofOne.Where(map => map.HasSections).ToList();
            if (indexes.Count > 1 || (indexes.Count > 0 && !sections.TrueForAll(map => Keeps(map, before[map.Name]))))
            {
                return null;
            }

            steps.AddRange(sections);
            steps.AddRange(indexes);
        }

        return steps;
    }

    /// <summary>Whether all entries of before are in it: a request may have found a number and not looked further yet.</summary>
    private static bool Keeps(RuleMap map, RuleMap before) => !before.Entries.Except(map.Entries).Any();

    private static PlannedLoadBalancer WithRulesOf(PlannedLoadBalancer next, PlannedLoadBalancer served) => served with
    {
        Listeners = served.Listeners
            .Zip(next.Listeners, (listener, other) => listener with { Rules = other.Rules })
            .ToEquatableArray(),
    };

    /// <summary>Of these more is written than the sections, files of keys for instance.</summary>
    private static IEnumerable<PlannedRule> Gated(PlannedLoadBalancer loadBalancer) =>
        loadBalancer.Listeners.SelectMany(listener => listener.Rules).Where(rule => rule.Action.Gate is not null);
}
