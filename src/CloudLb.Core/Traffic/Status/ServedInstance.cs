namespace CloudLb.Core.Traffic.Status;

/// <summary>What the processes say of one instance at one moment.</summary>
public sealed record ServedInstance
{
    public required string InstanceId { get; init; }

    /// <summary>Which member it is, where targets are members on several ports; null where an instance is one in all pools.</summary>
    public PoolMember? Member { get; init; }

    /// <summary>
    /// Whether the process has it in the pool that decides its state; false while it is not taken up yet, and of one that drains in old
    /// processes alone.
    /// </summary>
    public bool IsThere { get; init; }

    /// <summary>Takes traffic as far as its checks go.</summary>
    public bool IsUp { get; init; }

    /// <summary>Takes nothing new, by command: it drains, or is about to be deleted.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>Has not passed a check since it was registered: the first one brings it into service.</summary>
    public bool IsUnproven { get; init; }

    /// <summary>The data plane's last check of it; null before the first that the process has made.</summary>
    public CheckAnswer? LastCheck { get; init; }

    /// <summary>
    /// What the check failed with that CloudLb itself makes of a new instance at once; null when there was none, or it has passed.
    /// </summary>
    public CheckAnswer? FirstProbe { get; init; }

    public bool IsCheckUnderWay { get; init; }

    /// <summary>While it is out: checks in a row that have passed, fewer than bring it in.</summary>
    public int PassesInARow { get; init; }

    /// <summary>While it is in service: checks in a row that have failed, fewer than take it out.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>When it came up or went down; null when that was before CloudLb looked.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>For how long at least it has been as it is.</summary>
    public TimeSpan UnchangedFor { get; init; }

    /// <summary>Sessions that it has now, over all pools and processes.</summary>
    public long Sessions { get; init; }

    /// <summary>Requests that it took and did not answer, or not in time, in the processes that there are.</summary>
    public long Unanswered { get; init; }

    /// <summary>Requests over HTTP that it was given in the processes that there are, attempts to connect that failed among them.</summary>
    public long Requests { get; init; }

    /// <summary>Those of them that it answered with 5xx or not at all.</summary>
    public long Failed { get; init; }

    /// <summary>Sessions that it has had in the processes that there are.</summary>
    public long TotalSessions { get; init; }
}
