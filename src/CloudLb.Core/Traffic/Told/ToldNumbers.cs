using CloudLb.Core.Traffic.Status;

namespace CloudLb.Core.Traffic.Told;

/// <summary>The figures behind an instance's state. Null is what is not known, or does not apply.</summary>
public sealed record ToldNumbers
{
    public required CheckAnswer? LastCheck { get; init; }

    /// <summary>Passes in a row of an instance that is out.</summary>
    public required int? Passes { get; init; }

    /// <summary>Failures in a row of an instance that is in service.</summary>
    public required int? Failures { get; init; }

    /// <summary>Passes in a row that bring it back.</summary>
    public required int HealthyThreshold { get; init; }

    /// <summary>Failures in a row that take it out.</summary>
    public required int UnhealthyThreshold { get; init; }

    /// <summary>From one check to the next.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How long a check may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Sessions that it has now.</summary>
    public required long? Sessions { get; init; }

    /// <summary>Requests and connections that it took and did not answer, or not in time, in the processes that there are.</summary>
    public required long? Unanswered { get; init; }

    /// <summary>When what it still has is cut, if it drains.</summary>
    public required DateTimeOffset? DrainingUntil { get; init; }
}
