namespace CloudLb.Cli.Control;

/// <summary>What came of a reset.</summary>
/// <param name="Fault">Why it was refused, or not all of it was done; null when it was.</param>
public sealed record ResetAnswer(string? Fault);
