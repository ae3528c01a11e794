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

    /// <summary>0: none; null: as the settings have it.</summary>
    public required int? LeaseSeconds { get; init; }
}
