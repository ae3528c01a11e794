namespace CloudLb.Tools.Output;

/// <summary>One value of a row.</summary>
/// <param name="Column">Its header.</param>
/// <param name="Value">Null and empty are the same: nothing.</param>
internal sealed record Cell(string Column, string? Value)
{
    /// <summary>It stands in the long form alone.</summary>
    public bool IsLong { get; init; }

    /// <summary>A text that a table wraps inside its column.</summary>
    public bool Wraps { get; init; }
}
