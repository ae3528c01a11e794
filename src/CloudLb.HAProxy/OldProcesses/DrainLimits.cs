using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.OldProcesses;

/// <summary>Until when members that take nothing new may finish what they have, in every process that has them.</summary>
internal sealed class DrainLimits(CellContext context, HealthTable health)
{
    // No draining timeout is longer, so that a limit that is further off is that of a clock that was set back.
    private static readonly TimeSpan LongestDraining = TimeSpan.FromHours(1);

    /// <summary>
    /// The limit of what drains, by the steady time; at once where none is given. A time of day is kept so that the next CloudLb knows it
    /// too; here a jump of the clock must neither prolong what drains nor cut it short.
    /// </summary>
    public TimeSpan DeadlineOf(DateTimeOffset? until)
    {
        if (until == PlannedMember.WithoutLimit)
        {
            return TimeSpan.MaxValue;
        }

        var left = until - context.Clock.GetUtcNow() ?? TimeSpan.Zero;
        return context.Now + (left < LongestDraining ? left : LongestDraining);
    }

    /// <summary>The limit of a member that leaves now.</summary>
    public DrainLimit LimitOf(MemberName name, DateTimeOffset? until) => new(DeadlineOf(until), health.Find(name) is { IsUp: true });

    /// <summary>Sets the limit of a member in the processes before.</summary>
    public void Set(MemberName name, DrainLimit limit)
    {
        foreach (var old in context.State.Now.Old)
        {
            old.Draining[name] = limit;
        }
    }

    /// <summary>Takes the limit from what the processes before have of a member that has come back.</summary>
    public void Spare(MemberName name)
    {
        foreach (var old in context.State.Now.Old)
        {
            old.Draining.TryRemove(name, out _);
        }
    }

    /// <summary>
    /// Whether a member that leaves may still have something to finish: it has not been told yet, or a process still has it. One that was
    /// out of service finishes what it can unseen. Safe to call from any thread.
    /// </summary>
    /// <param name="entry">Its load balancer.</param>
    /// <param name="name">The member.</param>
    /// <param name="pool">Its pool's name in the plan.</param>
    public bool IsDraining(CellEntry entry, MemberName name, string pool)
    {
        var isUntold = health.Find(name) is { IsUp: true } && entry.Served?.Pools.FirstOrDefault(served => served.Name == pool) is { } known
            && known.Members.Any(member => MemberName.OfServer(known, member) == name.Instance && member.DrainingUntil is null);
        return isUntold
            || context.State.Now.Processes.Any(process => process.Draining.TryGetValue(name, out var limit) && limit.WasInService);
    }
}
