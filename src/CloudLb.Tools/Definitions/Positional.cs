namespace CloudLb.Tools.Definitions;

/// <summary>An argument that is known by its place.</summary>
internal sealed record Positional
{
    /// <summary>As help and error messages name it.</summary>
    public required string Name { get; init; }

    public required string Summary { get; init; }

    public bool IsRequired { get; init; } = true;

    /// <summary>It takes all that follows.</summary>
    public bool IsRepeatable { get; init; }
}
