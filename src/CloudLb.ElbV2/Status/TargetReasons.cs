using CloudLb.Core.Traffic.Told;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Health;

namespace CloudLb.ElbV2.Status;

/// <summary>
/// Why a target is healthy, or not, in an operator's words. It can be registered with several groups and on several ports.
/// </summary>
internal static class TargetReasons
{
    /// <param name="asked">The target's id, or its id, a colon and its port.</param>
    /// <param name="targets">All of the load balancer's.</param>
    public static ToldReasons Explain(string asked, IReadOnlyList<(TargetGroup Group, TargetId Id, TargetState State)> targets)
    {
        var found = targets.Where(target => target.Id.Id == asked || $"{target.Id.Id}:{target.Id.Port}" == asked).ToList();

        // What is not healthy is what is asked for, if anything is not.
        var (group, id, state) = found.OrderBy(target => target.State == TargetState.Healthy)
            .FirstOrDefault((null!, new(asked, 0), TargetState.NotRegistered));
        return new()
        {
            InstanceId = id.Id,
            IsInService = found.Count > 0 && found.All(target => target.State == TargetState.Healthy),
            Cause = CauseOf(state),
            Numbers = Numbers(group),
            State = state.State,
            ReasonCode = state.Reason ?? "",
            Description = state.Description ?? "",
            Summary = found.Count == 0
                ? $"{asked} is registered with no target group that the load balancer's actions name."
                : $"{id.Id} on port {id.Port} is {state.State} in the target group {group.Name}.",
            Reasons =
            [
                .. found.Select(target =>
                    $"{target.Group.Name}: port {target.Id.Port} is {target.State.State}" +
                    $"{(target.State.Description is { } description ? $", {description}" : "")}" +
                    $" ({CheckWords.Settings(target.Group.HealthCheck)})."),
            ],
            Advice = [],
        };
    }

    private static ToldCause CauseOf(TargetState state) => state switch
    {
        _ when state == TargetState.Healthy => ToldCause.InService,
        _ when state == TargetState.NotRegistered => ToldCause.NotRegistered,
        _ when state == TargetState.Draining => ToldCause.Draining,
        _ when state == TargetState.Terminated => ToldCause.Terminated,
        _ when state == TargetState.Stopped => ToldCause.Stopped,
        _ when state == TargetState.Invalid => ToldCause.NotAllowed,
        _ when state == TargetState.ZoneNotEnabled => ToldCause.ZoneNotEnabled,
        _ when state == TargetState.NotInUse => ToldCause.NoListener,
        _ when state == TargetState.Unserved => ToldCause.NotServed,
        _ when state == TargetState.Registering => ToldCause.NotTakenUp,
        _ when state == TargetState.Checking => ToldCause.NotChecked,
        _ => ToldCause.ChecksFailing,
    };

    /// <summary>Those of the check; what the data plane counts of one target is its own to tell.</summary>
    private static ToldNumbers Numbers(TargetGroup? group) => new()
    {
        LastCheck = null,
        Passes = null,
        Failures = null,
        HealthyThreshold = group?.HealthCheck.HealthyThreshold ?? 0,
        UnhealthyThreshold = group?.HealthCheck.UnhealthyThreshold ?? 0,
        Interval = TimeSpan.FromSeconds(group?.HealthCheck.IntervalSeconds ?? 0),
        Timeout = TimeSpan.FromSeconds(group?.HealthCheck.TimeoutSeconds ?? 0),
        Sessions = null,
        Unanswered = null,
        DrainingUntil = null,
    };
}
