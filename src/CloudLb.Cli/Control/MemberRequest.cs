namespace CloudLb.Cli.Control;

/// <summary>A member that is to be made.</summary>
public sealed record MemberRequest
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Name { get; init; }

    /// <summary>What it registers.</summary>
    public required string Instance { get; init; }

    public required IReadOnlyList<string> LoadBalancers { get; init; }
}
