using System.Net;
using CloudLb.Core.Planning;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.Status;

namespace CloudLb.HAProxy.Health;

/// <summary>What is known of one member's checks.</summary>
internal sealed record MemberHealth
{
    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    public bool IsUp { get; init; }

    /// <summary>While down: how many checks in a row have passed.</summary>
    public int Passes { get; init; }

    /// <summary>Has not passed a check since it was registered: the first one brings it into service.</summary>
    public bool IsUnproven { get; init; }

    /// <summary>While unproven: when, by the steady time, its first check failed.</summary>
    public TimeSpan? FirstFailure { get; init; }

    /// <summary>While unproven: what our own first check failed with.</summary>
    public CheckAnswer? FirstProbe { get; init; }

    /// <summary>The time of day when it came up or went down; null when nobody told, as it was before we looked.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>How long after its first failure an unproven member has failed as many checks as take a member out: HAProxy does not tell them one by one.</summary>
    public TimeSpan FailsAfter { get; init; }

    public static MemberHealth New(PlannedMember member, PlannedProbe probe) => new()
    {
        Address = member.Address,
        Port = member.Port,
        IsUnproven = true,
        FailsAfter = probe.Interval * (probe.Fall - 1),
    };

    public bool IsOf(PlannedMember member) => Port == member.Port && Address.Equals(member.Address);

    /// <summary>With what a process says of the server; the first pass of an unproven member is the caller's to act upon. Maintenance says nothing of health.</summary>
    public MemberHealth With(ServerState state, TimeSpan now) => state.IsInMaintenance ? this : this with
    {
        IsUp = state.IsUp,
        ChangedAt = state.IsUp == IsUp ? ChangedAt : null,
        Passes = state.IsUp ? 0 : state.Health,
        IsUnproven = IsUnproven && !state.IsUp,
        FirstFailure = IsUnproven && state.HasPassed == false ? FirstFailure ?? now : FirstFailure,
    };

    /// <param name="told">What a process has told.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="now">The steady time.</param>
    public MemberHealth With(HealthEvent told, DateTimeOffset time, TimeSpan now) => told.Kind switch
    {
        HealthEventKind.Up => Proven(time),
        HealthEventKind.Down => this with { IsUp = false, ChangedAt = IsUp ? time : ChangedAt ?? time, Passes = 0 },
        HealthEventKind.Passed => this with { Passes = IsUp ? 0 : told.Passes },
        _ => this with { Passes = 0, FirstFailure = IsUnproven ? FirstFailure ?? now : FirstFailure },
    };

    public MemberHealth Proven(DateTimeOffset time) =>
        this with { IsUp = true, ChangedAt = IsUp ? ChangedAt : time, Passes = 0, IsUnproven = false, FirstProbe = null };
}
