namespace CloudLb.Cli.Control;

/// <summary>A member that is to be made.</summary>
public sealed record MemberRequest
{
    /// <summary>Null where the first target group says it.</summary>
    public required string? Account { get; init; }

    /// <inheritdoc cref="Account"/>
    public required string? Region { get; init; }

    public required string Name { get; init; }

    /// <summary>What it registers.</summary>
    public required string Instance { get; init; }

    public required IReadOnlyList<string> LoadBalancers { get; init; }

    /// <summary>Names or ARNs.</summary>
    public required IReadOnlyList<string> TargetGroups { get; init; }

    /// <summary>0: none; null: as the settings have it.</summary>
    public required int? LeaseSeconds { get; init; }
}
