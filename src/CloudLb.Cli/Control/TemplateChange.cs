namespace CloudLb.Cli.Control;

/// <summary>What edited templates would change.</summary>
/// <param name="Of">What would be written otherwise.</param>
/// <param name="Template">The template's name.</param>
/// <param name="Lines">Lines that go after a minus, that come after a plus, and some that stay after a blank.</param>
public sealed record TemplateChange(string Of, string Template, IReadOnlyList<string> Lines);
