using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.HAProxy.Members;

/// <summary>What is known of one member's checks.</summary>
internal sealed record MemberHealth
{
    // Where one process follows the other, checks of one member are up to two intervals apart.
    private const int IntervalsInARow = 3;

    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    public bool IsUp { get; init; }

    /// <summary>How it is checked.</summary>
    public required PlannedProbe Probe { get; init; }

    /// <summary>While down: how many checks in a row have passed, also in processes before the one that runs.</summary>
    public int Passes { get; init; }

    /// <summary>While up: how many checks in a row have failed, also in processes before the one that runs.</summary>
    public int Failures { get; init; }

    /// <summary>
    /// What its checks say and no process may have found by itself, as each begins to count anew: that it is up, or that it is not. Null
    /// where the process knows as much.
    /// </summary>
    public bool? Verdict => IsUnproven ? null : IsUp ? (Failures >= Probe.Fall ? false : null) : Passes >= Probe.Rise ? true : null;

    /// <summary>Has not passed a check since it was registered: the first one brings it into service.</summary>
    public bool IsUnproven { get; init; }

    /// <summary>While unproven: when, by the steady time, its first check failed.</summary>
    public TimeSpan? FirstFailure { get; init; }

    /// <summary>While unproven: what our own first check failed with.</summary>
    public CheckAnswer? FirstProbe { get; init; }

    /// <summary>While unproven: when, by the steady time, a check of our own was last asked for; null before the first.</summary>
    public TimeSpan? ProbedAt { get; init; }

    /// <summary>The time of day when it came up or went down; null when nobody told, as it was before we looked.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>When, by the steady time, a check was last counted.</summary>
    public TimeSpan? CountedAt { get; init; }

    /// <summary>
    /// How long after its first failure an unproven member has failed as many checks as take a member out: HAProxy does not tell them one
    /// by one.
    /// </summary>
    public TimeSpan FailsAfter => Probe.Interval * (Probe.Fall - 1);

    /// <summary>
    /// Whether we look at it, too, when another process is given it: once an interval, as that process's own checks do. Under constant
    /// change one follows the other many times a second, and those that let a probe wait until its time is over would keep others waiting
    /// that have just come.
    /// </summary>
    /// <param name="now">The steady time.</param>
    public bool IsToBeProbed(TimeSpan now) => IsUnproven && !(now - ProbedAt < Probe.Interval);

    public static MemberHealth New(PlannedMember member, PlannedProbe probe) =>
        new() { Address = member.Address, Port = member.Port, Probe = probe, IsUnproven = true };

    public bool IsOf(PlannedMember member) => Port == member.Port && Address.Equals(member.Address);

    /// <summary>
    /// With what a process says of the server; the first pass of an unproven member is the caller's to act upon. Maintenance says nothing
    /// of health.
    /// </summary>
    /// <param name="state">What it says.</param>
    /// <param name="begun">When, by the steady time, the process was given its members' states: a pass may be one of those, and undoes no
    /// failure since.</param>
    /// <param name="now">The steady time.</param>
    public MemberHealth With(ServerState state, TimeSpan begun, TimeSpan now) => state.IsInMaintenance ? this : this with
    {
        IsUp = state.IsUp,
        ChangedAt = state.IsUp == IsUp ? ChangedAt : null,
        Passes = state.IsUp || state.HasPassed == false ? 0 : Math.Max(Passes, state.Health),
        Failures = !state.IsUp || (state.HasPassed == true && !(CountedAt >= begun)) ? 0 : Failures,
        IsUnproven = IsUnproven && !state.IsUp,
        FirstFailure = IsUnproven && state.HasPassed == false ? FirstFailure ?? now : FirstFailure,
    };

    /// <param name="told">What a process has told.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="now">The steady time.</param>
    public MemberHealth With(HealthEvent told, DateTimeOffset time, TimeSpan now) => told.Kind switch
    {
        HealthEventKind.Up => Proven(time),
        HealthEventKind.Down =>
            this with { IsUp = false, ChangedAt = IsUp ? time : ChangedAt ?? time, Passes = 0, Failures = 0, CountedAt = null },
        HealthEventKind.Passed when IsUp => this with { Failures = 0, CountedAt = null },
        HealthEventKind.Passed => Counted(now) with { Passes = Math.Max(told.Passes, Passes + (Counts(now) && !told.IsUp ? 1 : 0)) },
        _ when IsUp => Counted(now) with { Failures = (IsLongAgo(now) ? 0 : Failures) + (Counts(now) && told.IsUp ? 1 : 0) },
        _ => this with { Passes = 0, CountedAt = null, FirstFailure = IsUnproven ? FirstFailure ?? now : FirstFailure },
    };

    public MemberHealth Proven(DateTimeOffset time) =>
        this with
        {
            IsUp = true,
            ChangedAt = IsUp ? ChangedAt : time,
            Passes = 0,
            Failures = 0,
            CountedAt = null,
            IsUnproven = false,
            FirstProbe = null,
        };

    /// <summary>Whether a check counts: a new process makes its first ones at once, however short ago the last ones were.</summary>
    private bool Counts(TimeSpan now) => CountedAt is null || now - CountedAt >= Probe.Interval / 2;

    /// <summary>
    /// Whether checks have passed since that nobody told of: a process tells only of a result that is another than its last, or than it was
    /// given.
    /// </summary>
    private bool IsLongAgo(TimeSpan now) => now - CountedAt > Probe.Interval * IntervalsInARow;

    private MemberHealth Counted(TimeSpan now) => Counts(now) ? this with { CountedAt = now } : this;
}
