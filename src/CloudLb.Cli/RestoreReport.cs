namespace CloudLb.Cli;

/// <summary>What a restore has done.</summary>
/// <param name="DataDirectory">Where it was restored to.</param>
/// <param name="Before">The directory that has what was there before; null when nothing was.</param>
public sealed record RestoreReport(string DataDirectory, string? Before);
