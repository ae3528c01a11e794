namespace CloudLb.Cli.Control;

/// <summary>How the last check of an instance ended.</summary>
public sealed record CheckStatus
{
    /// <summary>HAProxy's code: <c>L7OK</c>, <c>L4CON</c> and so on.</summary>
    public required string Status { get; init; }

    /// <summary>The status of an HTTP answer; null where there was none.</summary>
    public required int? Code { get; init; }

    /// <summary>What the system or the instance said: an instance can put any characters here.</summary>
    public required string Text { get; init; }

    /// <summary>How long it took; null when that was not measured.</summary>
    public required double? Milliseconds { get; init; }
}
