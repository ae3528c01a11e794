namespace CloudLb.ElbV2.Domain;

/// <summary>A key and a value in a query; a key that is absent stands for any.</summary>
public sealed record QueryPair(string Value, string? Key = null);
