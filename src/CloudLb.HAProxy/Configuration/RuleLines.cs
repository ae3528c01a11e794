using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Where the requests of a listener go: to the pool of the first rule that they meet, or to a section that answers by itself
/// (<see cref="ActionSections"/>), and else to the default.
/// </summary>
/// <remarks>
/// In the order of their priorities, as HAProxy takes the first line that holds. Of several pools each is given its part of what those
/// before it have left, so that each line draws by itself. All of it is looked at after the rules of requests, which change only what the
/// load balancer itself writes: X-Forwarded headers, Connection and X-Amzn-Trace-Id.
/// </remarks>
internal static class RuleLines
{
    /// <summary>The lines of a listener, with the default.</summary>
    public static void Write(ConfigText text, PlannedLoadBalancer planned, PlannedListener listener)
    {
        Write(text, planned, listener, "");
        text.Line("default_backend").Name(DefaultOf(planned.Id, listener));
    }

    /// <summary>The same where requests of all listeners come; what remains goes to <see cref="DefaultOf"/>.</summary>
    public static void WritePassedOn(ConfigText text, PlannedLoadBalancer planned, PlannedListener listener) =>
        Write(text, planned, listener, $"{{ var(txn.listener) -m str {Name.Checked(ProxyName.OfListener(planned.Id, listener.Port))} }} ");

    /// <summary>The section that takes what no line of a listener has sent elsewhere.</summary>
    public static string DefaultOf(LoadBalancerId loadBalancer, PlannedListener listener) =>
        Targets(loadBalancer, listener, null, listener.DefaultAction)[^1].Section;

    private static void Write(ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, string guard)
    {
        foreach (var rule in listener.Rules)
        {
            var conditions = $"{guard}{ConditionLines.Of(rule.Conditions)}";
            foreach (var target in Targets(planned.Id, listener, rule, rule.Action))
            {
                WriteTarget(text, target, conditions.Trim());
            }
        }

        foreach (var target in Targets(planned.Id, listener, null, listener.DefaultAction)[..^1])
        {
            WriteTarget(text, target, guard.Trim());
        }
    }

    private static void WriteTarget(ConfigText text, (string Section, int Part, int Whole) target, string conditions)
    {
        var drawn = target.Part < target.Whole ? $"{{ rand({target.Whole}) lt {target.Part} }}" : "";
        var line = text.Line("use_backend").Name(target.Section);
        if (conditions.Length + drawn.Length > 0)
        {
            line.Constant($"if {conditions} {drawn}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd());
        }
    }

    /// <summary>Where an action sends to, each with its part of what is left then. The last one takes all of it.</summary>
    private static List<(string Section, int Part, int Whole)> Targets(
        LoadBalancerId loadBalancer, PlannedListener listener, PlannedRule? rule, PlannedAction action)
    {
        if (action is not PlannedAction.Forward { Pools: var pools } || pools.All(pool => pool.Weight == 0))
        {
            return [(ActionSections.NameOf(loadBalancer, listener, rule), 1, 1)];
        }

        var (targets, left) = (new List<(string, int, int)>(), pools.Sum(pool => pool.Weight));
        foreach (var pool in pools.Where(pool => pool.Weight > 0))
        {
            targets.Add((ProxyName.OfPool(loadBalancer, pool.Pool), pool.Weight, left));
            left -= pool.Weight;
        }

        return targets;
    }
}
