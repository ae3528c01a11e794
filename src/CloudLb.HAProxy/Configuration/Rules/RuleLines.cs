using System.Globalization;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Where the requests of a listener go: to the pool of the first rule that they meet, or to a section that answers by itself
/// (<see cref="ActionSections"/>), and else to the default.
/// </summary>
/// <remarks>
/// In the order of their priorities, as HAProxy takes the first line that holds; several together where they are found by a
/// <see cref="RuleIndex"/>. Of several pools each is given its part of what those before it have left, so that each line draws by itself
/// (<see cref="WeightLines"/>). All of it is looked at after the rules of requests, which change only what the load balancer itself writes:
/// X-Forwarded headers, Connection and X-Amzn-Trace-Id.
/// </remarks>
internal static class RuleLines
{
    // A name that is computed takes 1,800 instructions, of the one rule that is met, and a look at a counter 150, of each rule before
    // that one too (2.6.12, counted with callgrind).
    private const int MostCounted = 8;

    /// <summary>The lines of a listener, with the default.</summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="planned">Whose listener it is.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="maps">What its rules are found by is added here.</param>
    /// <param name="path">Where the path is found: <see cref="PathLines.Sent"/> or <see cref="PathLines.Normalized"/>.</param>
    public static void Write(ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, ISet<RuleMap> maps, string path)
    {
        Write(text, planned, listener, "", maps, path);
        text.Line("default_backend").Name(DefaultOf(planned.Id, listener));
    }

    /// <summary>The same where requests of all listeners come; what remains goes to <see cref="DefaultOf"/>.</summary>
    public static void WritePassedOn(
        ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, ISet<RuleMap> maps) =>
        Write(text, planned, listener, Guard(planned, listener), maps, PathLines.Normalized);

    /// <summary>The section that takes what no line of a listener has sent elsewhere.</summary>
    public static string DefaultOf(LoadBalancerId loadBalancer, PlannedListener listener) =>
        Targets(loadBalancer, listener, null, listener.DefaultAction)[^1].Section;

    /// <summary>The condition of the listener's requests there, with a blank after it.</summary>
    public static string Guard(PlannedLoadBalancer planned, PlannedListener listener) =>
        $"{{ var(txn.listener) -m str {Name.Checked(ProxyName.OfListener(planned.Id, listener.Port))} }} ";

    private static void Write(
        ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, string guard, ISet<RuleMap> maps, string path)
    {
        // What is passed on has the address that its client chose, as the process before it has told it.
        var isRelayed = guard.Length == 0 && (listener.IsTarget || SharedLines.IsReachedByName(listener));
        SessionLines.WriteTargets(text, listener, guard);
        if (RewriteLines.AreDecided(planned, listener))
        {
            WriteDecided(text, planned, listener, guard, isRelayed, maps);
        }
        else
        {
            var runs = RuleIndex.Runs(
                planned.Id, listener, rule => IsNamed(planned, rule), rule => SectionOf(planned, listener, rule), isNumber: false, path);
            foreach (var (place, (index, rule)) in runs.Index())
            {
                if (index is not null)
                {
                    maps.Add(index.Map);
                    WriteFound(text, index.Rules, index.Lookup, guard, index.Before);
                }
                else
                {
                    WriteRule(
                        text, planned, listener, rule!, $"{guard}{ConditionLines.Of(rule!.Conditions, path)}", isRelayed,
                        isComputed: guard.Length > 0 || place >= MostCounted);
                }
            }
        }

        WriteStaying(text, planned, null, listener.DefaultAction, guard, isRelayed);
        foreach (var target in Targets(planned.Id, listener, null, listener.DefaultAction))
        {
            WriteTarget(
                text, planned, target, guard, isRelayed, isComputed: guard.Length > 0,
                isDefault: target.Drawn.Length == 0 && target.Mark.Length == 0);
        }
    }

    /// <summary>Where the rule that a request meets is known by its number.</summary>
    private static void WriteDecided(
        ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, string guard, bool isRelayed, ISet<RuleMap> maps)
    {
        var named = listener.Rules.Where(rule => IsNamed(planned, rule)).ToList();
        if (named.Count >= RuleIndex.Fewest)
        {
            var map = RuleIndex.SectionsOf(planned.Id, listener, named, rule => SectionOf(planned, listener, rule));
            maps.Add(map);
            WriteFound(text, named, $"var(txn.rule),map_str({map.Name})", guard, "");
        }
        else
        {
            named = [];
        }

        foreach (var (place, rule) in listener.Rules.Except(named).Index())
        {
            WriteRule(
                text, planned, listener, rule, $"{guard}{RewriteLines.IsMet(rule)}", isRelayed,
                isComputed: guard.Length > 0 || place >= MostCounted);
        }
    }

    private static void WriteRule(
        ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, PlannedRule rule, string conditions, bool isRelayed,
        bool isComputed)
    {
        WriteStaying(text, planned, rule, rule.Action, conditions, isRelayed);
        foreach (var target in Targets(planned.Id, listener, rule, rule.Action))
        {
            WriteTarget(text, planned, target, conditions, isRelayed, isComputed);
        }
    }

    /// <summary>Sends to the section that is found: a pool with somebody in service, an answer, or the second of a pool without.</summary>
    private static void WriteFound(ConfigText text, IReadOnlyList<PlannedRule> rules, string lookup, string guard, string before)
    {
        const string Found = "%[var(txn.met)]", IsFound = "{ var(txn.met) -m found }";
        var havePools = rules.Any(IsForwarding);
        var test = havePools ? ",nbsrv gt 0" : " -m found";
        text.Line("use_backend").Constant($"{Found} if {guard}{before}{{ {lookup},set-var(txn.met){test} }}");
        if (havePools && !rules.All(IsForwarding))
        {
            text.Line("use_backend").Constant($"{Found} if {guard}{{ var(txn.met) -m sub {ActionSections.Mark} }}");
        }

        if (havePools)
        {
            text.Line("use_backend").Constant($"{Found}{OpenPoolName.Suffix} if {guard}{IsFound}");
        }
    }

    /// <summary>Whether the section of a rule follows from its name and from whether anybody is in service there.</summary>
    private static bool IsNamed(PlannedLoadBalancer planned, PlannedRule rule) =>
        rule.Action is not PlannedAction.Forward { Pools: var pools } forward || pools.All(pool => pool.Weight == 0)
        || (forward.Stickiness is null && pools.Count == 1 && OpenPools.IsBelowOne(planned, pools[0].Pool));

    private static bool IsForwarding(PlannedRule rule) =>
        rule.Action is PlannedAction.Forward { Pools: var pools } && pools.Any(pool => pool.Weight > 0);

    private static string SectionOf(PlannedLoadBalancer planned, PlannedListener listener, PlannedRule rule) =>
        Targets(planned.Id, listener, rule, rule.Action)[^1].Section;

    /// <summary>Clients that stay with a pool of the action, whatever its weight.</summary>
    private static void WriteStaying(
        ConfigText text, PlannedLoadBalancer planned, PlannedRule? rule, PlannedAction action, string conditions, bool isRelayed)
    {
        if (action is PlannedAction.Forward { Stickiness: { } sticky, Pools: var pools })
        {
            foreach (var pool in pools)
            {
                var target = new Target(ProxyName.OfPool(planned.Id, pool.Pool), pool.Pool) { Mark = PoolStickinessLines.Marks };
                WriteTarget(
                    text, planned, target, $"{conditions.Trim()} {PoolStickinessLines.Stays(rule, sticky, pool.Pool)}", isRelayed,
                    isComputed: true);
            }
        }
    }

    /// <param name="text">What they are added to.</param>
    /// <param name="planned">Whose they are.</param>
    /// <param name="target">Where the requests go.</param>
    /// <param name="conditions">Which requests.</param>
    /// <param name="isRelayed">Whether some of them did not come to the address themselves.</param>
    /// <param name="isComputed">Whether the section's name is computed where the requests go, rather than looked for before.</param>
    /// <param name="isDefault">Whether those that no line sends elsewhere go to the target's own section anyway.</param>
    private static void WriteTarget(
        ConfigText text, PlannedLoadBalancer planned, Target target, string conditions, bool isRelayed, bool isComputed,
        bool isDefault = false)
    {
        if (planned.Pools.FirstOrDefault(each => each.Name == target.Pool) is { IsByZone: true } ofZones)
        {
            ZoneLines.Write(
                text, planned, ofZones, isRelayed, conditions.Trim(), $"{target.Drawn} {target.Mark}".Trim(), isDefault);
            return;
        }

        if (isComputed && !isDefault && target.Pool is { } chosen && OpenPools.Choice(planned, chosen) is { } computed)
        {
            var words = string.Join(' ', new[] { conditions.Trim(), target.Drawn, target.Mark }.Where(part => part.Length > 0));
            text.Line("use_backend").Constant(words.Length > 0 ? $"{computed} if {words}" : computed);
            return;
        }

        foreach (var (choice, section) in target.Pool is { } pool ? OpenPools.Choices(planned, pool) : [("", target.Section)])
        {
            if (isDefault && section == target.Section)
            {
                continue;
            }

            // What a counter answers comes first, so that the conditions of a rule are looked at for one of its lines alone. What the line
            // before has left needs no counter, but for what is drawn: it would be drawn twice.
            var counted = section == target.Section && target.Drawn.Length == 0 ? "" : choice;
            var all = string.Join(' ', new[] { counted, conditions.Trim(), target.Drawn, target.Mark }.Where(part => part.Length > 0));
            var line = text.Line("use_backend").Name(section);
            if (all.Length > 0)
            {
                line.Constant($"if {all}");
            }
        }
    }

    /// <summary>Where an action sends to, also pools whose weight is 0 now. The last one takes what is left.</summary>
    private static List<Target> Targets(
        LoadBalancerId loadBalancer, PlannedListener listener, PlannedRule? rule, PlannedAction action)
    {
        var name = ActionSections.NameOf(loadBalancer, listener, rule);
        return action is PlannedAction.Forward { Pools: var pools } forward && WeightLines.IsAny(pools)
            ? [.. pools.Select((pool, index) => new Target(ProxyName.OfPool(loadBalancer, pool.Pool), pool.Pool)
            {
                Drawn = index == pools.Count - 1 ? ""
                    : forward.IsBySource ? WeightLines.OfSource(WeightLines.ListOf(name, index), index)
                    : WeightLines.Drawn(WeightLines.ListOf(name, index)),
                Mark = forward.Stickiness is not null ? PoolStickinessLines.Marks : "",
            })]
            : [new(name, null)];
    }

    /// <param name="Section">Where an action sends to.</param>
    /// <param name="Pool">The pool that this is; null where the load balancer answers by itself.</param>
    private sealed record Target(string Section, string? Pool)
    {
        /// <summary>A condition of what it is given of what is left; empty where that is all.</summary>
        public string Drawn { get; init; } = "";

        /// <summary>A condition that always holds and says that the client is to stay; empty where it is not.</summary>
        public string Mark { get; init; } = "";
    }
}
