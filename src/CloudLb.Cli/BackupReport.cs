namespace CloudLb.Cli;

/// <summary>What a backup has, and has not.</summary>
/// <param name="Files">Names in the data directory.</param>
/// <param name="Elsewhere">Files that CloudLb reads outside the data directory, which are no part of it.</param>
public sealed record BackupReport(IReadOnlyList<string> Files, IReadOnlyList<string> Elsewhere);
