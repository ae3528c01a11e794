namespace CloudLb.Cli.Control;

/// <summary>A cell: one HAProxy process and the load balancers that it serves.</summary>
public sealed record CellSummary
{
    /// <summary>From 1; it names the directory below <c>haproxy/cells</c>.</summary>
    public required int Number { get; init; }

    /// <summary>Null while no process runs.</summary>
    public required int? ProcessId { get; init; }

    /// <summary>How many processes the cell has had, this one included: all but the first came by a hand-over or after a death.</summary>
    public required long Generation { get; init; }

    public required int LoadBalancers { get; init; }

    /// <summary>Processes before it that still finish connections.</summary>
    public required int OldProcesses { get; init; }
}
