namespace CloudLb.Tools.Output;

/// <summary>A row's type, its first word, and what follows it.</summary>
internal sealed record Row(string Type, params IReadOnlyList<Cell> Cells);
