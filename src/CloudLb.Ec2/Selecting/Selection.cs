using CloudLb.Ec2.Contracts;

namespace CloudLb.Ec2.Selecting;

/// <summary>What every description of EC2 can be narrowed by.</summary>
internal sealed record Selection
{
    public IReadOnlyList<string> Ids { get; init; } = [];

    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>5 to 1000; all when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    /// <param name="ids">Null when none were named, as are the others.</param>
    /// <param name="filters">Their conditions.</param>
    /// <param name="maxResults">How long a page may be.</param>
    /// <param name="nextToken">Where the page begins; an empty one is none.</param>
    public static Selection Of(
        IReadOnlyList<string>? ids, IReadOnlyList<Filter>? filters, int? maxResults = null, string? nextToken = null) =>
        new()
    {
        Ids = ids ?? [],
        Filters = filters ?? [],
        MaxResults = maxResults,
        NextToken = string.IsNullOrEmpty(nextToken) ? null : nextToken,
    };
}
