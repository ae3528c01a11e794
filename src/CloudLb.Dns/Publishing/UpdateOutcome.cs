namespace CloudLb.Dns.Publishing;

/// <summary>What came of an update.</summary>
/// <param name="Fault">Why it was not taken; null when it was.</param>
/// <param name="IsRefused">Whether the server was there and has said no, so that others of its updates may do better.</param>
internal readonly record struct UpdateOutcome(string? Fault, bool IsRefused)
{
    public static readonly UpdateOutcome Taken = new(null, IsRefused: false);
}
