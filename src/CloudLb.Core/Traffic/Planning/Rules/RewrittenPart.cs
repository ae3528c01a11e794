namespace CloudLb.Core.Traffic.Planning;

/// <summary>What of a request can be rewritten.</summary>
public enum RewrittenPart
{
    /// <summary>The header Host.</summary>
    Host,

    /// <summary>The path and what follows it.</summary>
    PathAndQuery,
}
