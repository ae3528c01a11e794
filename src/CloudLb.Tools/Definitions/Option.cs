namespace CloudLb.Tools.Definitions;

/// <summary>What one option is called, what it takes and which family has it.</summary>
internal sealed record Option
{
    /// <summary>Without the dashes.</summary>
    public required string Name { get; init; }

    public char? Short { get; init; }

    public Family Family { get; init; } = Family.Both;

    /// <summary>What stands for the value in help; null for a flag.</summary>
    public string? Value { get; init; }

    public required string Summary { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Every occurrence counts. Of other options the last one does.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Several values, comma-separated.</summary>
    public bool IsList { get; init; }

    /// <summary>An empty value means something: it clears.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>The option is taken and not told of in help.</summary>
    public bool IsHidden { get; init; }

    /// <summary>What completion offers.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    public bool IsFlag => Value is null;

    /// <summary>As error messages name it: <c>-z/--availability-zones</c>.</summary>
    public string Spelling => Short is { } letter ? $"-{letter}/--{Name}" : $"--{Name}";
}
