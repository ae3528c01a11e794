namespace CloudLb.Core.AccessLogs;

/// <summary>
/// Where the requests and connections of a load balancer are written down, or were: switched off, AWS still describes what was set.
/// </summary>
public sealed record AccessLog
{
    /// <summary>Which of its logs it is.</summary>
    public LogKind Kind { get; init; }

    public bool IsEnabled { get; init; } = true;

    /// <summary>The bucket, as the caller named it.</summary>
    public required string Bucket { get; init; }

    /// <summary>What the objects' names begin with; empty for none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How much time one object covers: 5 or 60 minutes.</summary>
    public required TimeSpan Interval { get; init; }
}
