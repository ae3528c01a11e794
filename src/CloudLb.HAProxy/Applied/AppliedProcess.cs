namespace CloudLb.HAProxy.Applied;

/// <summary>The process that a cell ran when it last wrote its file.</summary>
/// <param name="Generation">Counts the processes of the cell.</param>
/// <param name="ProcessId">0 when none ran.</param>
internal sealed record AppliedProcess(long Generation, int ProcessId)
{
    /// <summary>The form of the lines that follow. A file without it is of the first form.</summary>
    public int Version { get; init; } = AppliedFile.FirstVersion;
}
