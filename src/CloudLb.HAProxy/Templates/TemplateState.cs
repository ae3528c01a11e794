using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Templates;

/// <summary>A template as it is in force, and why its files are not, where they are others.</summary>
/// <param name="Name">Of <see cref="TemplateName"/>, or its folder's.</param>
/// <param name="Applied">What is in force; null when nothing was accepted yet, or where there are no files.</param>
/// <param name="Fault">Why its files are not in force; null when they are.</param>
internal sealed record TemplateState(string Name, TemplateSet? Applied, string? Fault);
