namespace CloudLb.Core.Traffic.Planning;

/// <summary>Which member is given what comes next.</summary>
public enum PoolBalance
{
    /// <summary>One after the other.</summary>
    RoundRobin,

    /// <summary>The one with the fewest requests, or connections, that are under way.</summary>
    LeastOutstanding,

    /// <summary>Any, by weight.</summary>
    Random,

    /// <summary>The same for the same client, as long as the members are the same.</summary>
    Source,
}
