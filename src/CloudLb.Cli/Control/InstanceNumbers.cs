namespace CloudLb.Cli.Control;

/// <summary>The figures behind an explanation. Null is what is not known, or does not apply.</summary>
public sealed record InstanceNumbers
{
    public required CheckStatus? LastCheck { get; init; }

    /// <summary>Passes in a row of an instance that is out.</summary>
    public required int? Passes { get; init; }

    /// <summary>Failures in a row of an instance that is in service.</summary>
    public required int? Failures { get; init; }

    /// <summary>Passes in a row that bring it back.</summary>
    public required int HealthyThreshold { get; init; }

    /// <summary>Failures in a row that take it out.</summary>
    public required int UnhealthyThreshold { get; init; }

    /// <summary>Seconds from one check to the next.</summary>
    public required double Interval { get; init; }

    /// <summary>Seconds that a check may take.</summary>
    public required double Timeout { get; init; }

    /// <summary>Sessions that it has now.</summary>
    public required long? Sessions { get; init; }

    /// <summary>
    /// Requests and connections that it took and did not answer, or not in time, in the HAProxy processes that there are.
    /// </summary>
    public required long? Unanswered { get; init; }

    /// <summary>When what it still has is cut, if it drains.</summary>
    public required DateTimeOffset? DrainingUntil { get; init; }
}
