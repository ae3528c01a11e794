namespace CloudLb.Core.Traffic.Told;

/// <summary>Where a request would go, and why, in the words of an API.</summary>
public sealed record ToldRoute
{
    /// <summary>Whether somebody would answer it: a target that takes requests, or the load balancer as it was told to.</summary>
    public required bool IsAnswered { get; init; }

    /// <summary>
    /// The priority of the rule that decides, or the API's word for the default; null where no listener takes the request.
    /// </summary>
    public required string? Rule { get; init; }

    /// <summary>The API's name of that rule.</summary>
    public string? RuleId { get; init; }

    /// <summary>The API's word for what is done.</summary>
    public string? Action { get; init; }

    /// <summary>The groups that it can go to.</summary>
    public IReadOnlyList<ToldShare> Groups { get; init; } = [];

    /// <summary>The answer in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What it follows from, rule by rule.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
