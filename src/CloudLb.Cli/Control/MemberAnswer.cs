namespace CloudLb.Cli.Control;

/// <summary>What came of making or deleting a member.</summary>
public sealed record MemberAnswer
{
    /// <summary>Why nothing was done; null when it was.</summary>
    public string? Fault { get; init; }

    /// <summary>Null when there is none.</summary>
    public MemberStatus? Member { get; init; }

    /// <summary>Of a new member: what it signs with. Told this once.</summary>
    public string? SecretAccessKey { get; init; }
}
