using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// A target that keeps its clients is of no use to one who may be sent to another group each time: where an action of an application
/// load balancer has several groups, AWS wants it to keep clients with one before any of them keeps them with a target.
/// </summary>
internal static class GroupStickiness
{
    /// <summary>Refuses an action that may send clients elsewhere each time, whom one of its groups is to keep.</summary>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="actions">Of a rule, as they were given.</param>
    public static void Check(Snapshot snapshot, IReadOnlyCollection<ListenerAction> actions)
    {
        if (actions.Any(Scatters) && actions.TargetGroups().Any(arn => snapshot.TargetGroups.Named(arn).KeepsClients))
        {
            throw Errors.InvalidConfigurationRequest.Because(
                "You must enable group stickiness on a rule if you enabled target stickiness on one of its target groups");
        }
    }

    /// <summary>The group with what was changed; refuses it where it begins to keep clients whom an action may send elsewhere.</summary>
    public static TargetGroup Checked(TargetGroup before, TargetGroup group, Snapshot snapshot)
    {
        if (before.KeepsClients || !group.KeepsClients || snapshot.LoadBalancerOf(group.Arn) is not { } loadBalancer)
        {
            return group;
        }

        return snapshot.Listeners.Of(loadBalancer).After(null)
            .SelectMany(listener => listener.Rules.Select(rule => (rule.Arn, rule.Actions))
                .Append((Arn: listener.DefaultRule, Actions: listener.DefaultActions)))
            .Where(rule => rule.Actions.Any(Scatters) && rule.Actions.TargetGroups().Contains(group.Arn))
            .Select(rule => rule.Arn).FirstOrDefault() is { } scattering
            ? throw Errors.InvalidConfigurationRequest.Because(
                $"This target group appears behind a rule with group stickiness disabled ({scattering}). " +
                "You must enable group stickiness before enabling target stickiness")
            : group;
    }

    private static bool Scatters(ListenerAction action) => action is ForwardAction { IsSticky: false, TargetGroups.Count: > 1 };
}
