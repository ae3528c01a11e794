namespace CloudLb.Core.Traffic.Templates;

/// <summary>What files that are not in force would change.</summary>
/// <param name="Of">What would be written otherwise: a load balancer's id, or what all share.</param>
/// <param name="Template">The template's name.</param>
/// <param name="Lines">The lines that go, after a minus, and that come, after a plus, with some that stay, after a blank.</param>
public sealed record TemplateDifference(string Of, string Template, IReadOnlyList<string> Lines);
