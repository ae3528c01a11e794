namespace CloudLb.Cli.Control;

/// <summary>What became of the acceptance of a database.</summary>
/// <param name="WasInDoubt">False when there was nothing to accept.</param>
/// <param name="Fault">Why it could not be accepted; null when it was.</param>
public sealed record DatabaseAnswer(bool WasInDoubt, string? Fault);
