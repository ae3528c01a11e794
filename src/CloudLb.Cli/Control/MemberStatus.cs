namespace CloudLb.Cli.Control;

/// <summary>A machine that registers itself, as an operator sees it.</summary>
public sealed record MemberStatus
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Name { get; init; }

    /// <summary>What it registers.</summary>
    public required string Instance { get; init; }

    /// <summary>In the order of their names.</summary>
    public required IReadOnlyList<string> LoadBalancers { get; init; }

    /// <summary>ARNs.</summary>
    public IReadOnlyList<string> TargetGroups { get; init; } = [];

    /// <summary>Those of the load balancers and target groups that it is registered with.</summary>
    public required IReadOnlyList<string> Registered { get; init; }

    /// <summary>Null when what it registers stays.</summary>
    public required int? LeaseSeconds { get; init; }

    /// <summary>The ids of its access keys.</summary>
    public required IReadOnlyList<string> AccessKeyIds { get; init; }

    public required DateTimeOffset CreateDate { get; init; }
}
