using CloudLb.Core.Traffic.Health;

namespace CloudLb.HAProxy.Members;

/// <summary>HAProxy's state of a server → the neutral one. The whole table:</summary>
/// <remarks>
/// up → Passing · down, has been up, no pass since → Failed · down, has been up, passes again → Recovering · down, never passed, has failed
/// for less than fall checks → Registering · down, never passed, has failed for longer → Failed. Draining is the plan's own knowledge.
/// </remarks>
internal static class StatusMapping
{
    /// <param name="health">What is known of the member.</param>
    /// <param name="now">The steady time.</param>
    public static ObservedHealth Observe(MemberHealth health, TimeSpan now) => health switch
    {
        { IsUp: true, IsUnproven: false } => ObservedHealth.Passing,
        { IsUnproven: true, FirstFailure: { } failure } when now - failure >= health.FailsAfter => ObservedHealth.Failed,
        { IsUnproven: true } => ObservedHealth.Registering,
        { Passes: > 0 } => ObservedHealth.Recovering,
        _ => ObservedHealth.Failed,
    };
}
