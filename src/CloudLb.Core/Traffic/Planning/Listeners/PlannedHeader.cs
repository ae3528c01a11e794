namespace CloudLb.Core.Traffic.Planning;

/// <summary>A header that answers are given, in place of their own of that name.</summary>
/// <param name="Name">A token.</param>
/// <param name="Value">Printable ASCII; not empty.</param>
public sealed record PlannedHeader(string Name, string Value);
