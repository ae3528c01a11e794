namespace CloudLb.Core.Traffic.Planning;

/// <summary>A key and a value in a query; both may hold <c>*</c> and <c>?</c>, and a backslash makes them plain.</summary>
/// <param name="Key">Null for any key.</param>
/// <param name="Value">What its value must be like.</param>
public sealed record PlannedQueryPair(string? Key, string Value);
