namespace CloudLb.Core.Traffic.Planning;

/// <summary>What a request must be like to meet a rule. The values of one condition are alternatives.</summary>
public abstract record PlannedCondition
{
    private PlannedCondition()
    {
    }

    /// <summary>The host asked for, without its port, whatever its case.</summary>
    public sealed record Host(EquatableArray<PlannedPattern> Patterns) : PlannedCondition;

    /// <summary>The path, by its case.</summary>
    public sealed record Path(EquatableArray<PlannedPattern> Patterns) : PlannedCondition;

    /// <summary>One line of a header, whatever its case.</summary>
    public sealed record Header(string Name, EquatableArray<PlannedPattern> Patterns) : PlannedCondition;

    /// <summary>The method, by its case.</summary>
    public sealed record Method(EquatableArray<string> Methods) : PlannedCondition;

    /// <summary>A pair of the query, whatever its case.</summary>
    public sealed record Query(EquatableArray<PlannedQueryPair> Pairs) : PlannedCondition;

    /// <summary>The address of the client's connection, in one of these networks in CIDR form.</summary>
    public sealed record Source(EquatableArray<string> Networks) : PlannedCondition;
}
