using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>What a request must be like in one respect. The values are alternatives.</summary>
public sealed record RuleCondition
{
    public required ConditionField Field { get; init; }

    /// <summary>Of <see cref="ConditionField.HttpHeader"/> alone.</summary>
    public string? HttpHeaderName { get; init; }

    /// <summary>Of all but <see cref="ConditionField.QueryString"/>, in the order given.</summary>
    public EquatableArray<string> Values { get; init; }

    /// <summary>Regular expressions instead of <see cref="Values"/>, of hosts, paths and headers.</summary>
    public EquatableArray<string> RegexValues { get; init; }

    /// <summary>
    /// How often <see cref="RegexValues"/> look at each letter of what they are held against, at most; 0 for what was made before this was
    /// told.
    /// </summary>
    public int Looks { get; init; }

    /// <summary>Of <see cref="ConditionField.QueryString"/> alone, in the order given.</summary>
    public EquatableArray<QueryPair> Pairs { get; init; }
}
