namespace CloudLb.Core.Traffic.Templates;

/// <summary>A template that yields what a data plane writes by itself.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Points">The names of its points, where an operator's lines can stand without a copy of the rest.</param>
public sealed record ShippedTemplate(string File, string Text, IReadOnlyList<string> Points);
