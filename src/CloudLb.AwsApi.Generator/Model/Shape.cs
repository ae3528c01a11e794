namespace CloudLb.AwsApi.Generator.Model;

/// <summary>The type of a member, with its constraints.</summary>
internal sealed record Shape
{
    public required string Name { get; init; }

    public required ShapeKind Kind { get; init; }

    /// <summary>The least value of a number, or length of a string or list.</summary>
    public long? Min { get; init; }

    public long? Max { get; init; }

    public string? Pattern { get; init; }

    /// <summary>A secret: an error never repeats its value.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Of a structure.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>Of a list.</summary>
    public Shape? Item { get; init; }

    public bool HasConstraints => Min is not null || Max is not null || Pattern is not null;
}
