namespace CloudLb.ElbV2.Domain;

/// <summary>A change of the requests that meet a rule, before they are passed on.</summary>
/// <param name="IsOfHost">Whether the header Host is changed; the path and the query else.</param>
/// <param name="Regex">What is looked for.</param>
/// <param name="Replace">What takes its place; <c>$1</c> to <c>$9</c> stand for its groups.</param>
public sealed record RuleTransform(bool IsOfHost, string Regex, string Replace);
