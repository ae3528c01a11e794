namespace CloudLb.Tools.Output;

/// <summary>What a command has to show.</summary>
internal sealed record Answer
{
    public IReadOnlyList<Row> Rows { get; init; } = [];

    /// <summary>What the Java family prints where there is no row: a sentence, or <c>OK-…</c>.</summary>
    public string? Otherwise { get; init; }
}
