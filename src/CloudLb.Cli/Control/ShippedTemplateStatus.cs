namespace CloudLb.Cli.Control;

/// <summary>A template as CloudLb ships it.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Text">What stands in it; empty where an operator's file is the beginning.</param>
/// <param name="Points">Where an operator's lines can stand without a copy of the rest.</param>
public sealed record ShippedTemplateStatus(string File, string Text, IReadOnlyList<string> Points);
