namespace CloudLb.HAProxy.Templates;

/// <summary>A line of a rendered section.</summary>
/// <param name="Text">The line.</param>
/// <param name="Origin">The file that it comes from; null when it is CloudLb's.</param>
internal readonly record struct TemplateLine(string Text, string? Origin);
