namespace CloudLb.AwsApi.Generator.Model;

/// <summary>The type of a member, with its constraints. Its parts come after it, as a shape may hold itself.</summary>
internal sealed class Shape
{
    public required string Name { get; init; }

    public required ShapeKind Kind { get; init; }

    /// <summary>The least value of a number, or length of a string, blob, list or map.</summary>
    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    public string? Pattern { get; init; }

    /// <summary>Of an enumeration, the texts that there are; none of any other shape, and where they are not checked.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>A secret: an error never repeats its value.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Of a list or map without an element of its own around it.</summary>
    public bool IsFlat { get; init; }

    /// <summary>What the items of a list are called; null for <c>member</c>.</summary>
    public string? ItemName { get; init; }

    /// <summary>What the key of a map's entry is called; null for <c>key</c>.</summary>
    public string? KeyName { get; init; }

    /// <summary>What its value is called; null for <c>value</c>.</summary>
    public string? ValueName { get; init; }

    /// <summary>Of a structure.</summary>
    public IReadOnlyList<Member> Members { get; set; } = [];

    /// <summary>Of a list, or the values of a map.</summary>
    public Shape? Item { get; set; }

    /// <summary>Of a map: always texts.</summary>
    public Shape? Key { get; set; }

    public bool IsNumber => Kind is ShapeKind.Int32 or ShapeKind.Int64 or ShapeKind.Double;

    /// <summary>A length of nothing is none.</summary>
    public decimal? EffectiveMin => Min == 0 && !IsNumber ? null : Min;

    public bool HasConstraints => EffectiveMin is not null || Max is not null || Pattern is not null || Values.Count > 0;
}
