namespace CloudLb.Cli.Control;

/// <summary>What <c>cloudlb watch</c> shows: sums over all load balancers that were asked for, and of them the first few.</summary>
public sealed record WatchStatus
{
    public required int LoadBalancers { get; init; }

    public required long RequestsPerSecond { get; init; }

    public required long Sessions { get; init; }

    public required int Healthy { get; init; }

    public required int Unhealthy { get; init; }

    /// <summary>Load balancers and listeners that are not served.</summary>
    public required int Faults { get; init; }

    /// <summary>Starts of HAProxy processes beyond the first of each cell, over all cells and as long as they exist.</summary>
    public required long HandOvers { get; init; }

    /// <summary>Cells that serve load balancers and have no running process.</summary>
    public required int CellsDown { get; init; }

    public required int Cells { get; init; }

    /// <summary>Processes that still finish connections.</summary>
    public required int OldProcesses { get; init; }

    /// <summary>Those at fault first, then those with no instance in service, then the busiest.</summary>
    public required IReadOnlyList<TrafficStatus> Shown { get; init; }

    /// <summary>Those without a process first, then those with old processes, then by number.</summary>
    public required IReadOnlyList<CellSummary> ShownCells { get; init; }
}
