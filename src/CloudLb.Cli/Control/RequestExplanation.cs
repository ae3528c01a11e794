namespace CloudLb.Cli.Control;

/// <summary>Where a request to a load balancer would go, and why: sentences for an operator.</summary>
public sealed record RequestExplanation
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string LoadBalancer { get; init; }

    /// <summary>Whether somebody would answer it: a target that takes requests, or the load balancer as it was told to.</summary>
    public required bool IsAnswered { get; init; }

    /// <summary>The priority of the rule that decides, or <c>default</c>; null where no listener takes the request.</summary>
    public required string? Rule { get; init; }

    public required string? RuleArn { get; init; }

    /// <summary>AWS's word: <c>forward</c>, <c>redirect</c>, <c>fixed-response</c>.</summary>
    public required string? Action { get; init; }

    public required IReadOnlyList<RequestShare> TargetGroups { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What it follows from, rule by rule.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
