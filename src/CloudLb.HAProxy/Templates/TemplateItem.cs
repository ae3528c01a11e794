namespace CloudLb.HAProxy.Templates;

/// <param name="Name">As a template writes it.</param>
/// <param name="IsPoint">Whether it is an operator's to fill; else it is CloudLb's part.</param>
/// <param name="IsRequired">Whether a template must have it.</param>
internal sealed record TemplateItem(string Name, bool IsPoint, bool IsRequired);
