namespace CloudLb.Core.Expressions;

/// <summary>A part of a regular expression, as it was read.</summary>
internal abstract record ExpressionPart
{
    private ExpressionPart()
    {
    }

    /// <summary>One letter out of a set.</summary>
    public sealed record Letter(LetterSet Set) : ExpressionPart;

    /// <summary>Part after part; nothing when there is none.</summary>
    public sealed record Sequence(IReadOnlyList<ExpressionPart> Parts) : ExpressionPart;

    /// <summary>The first of the parts that fits.</summary>
    public sealed record Choice(IReadOnlyList<ExpressionPart> Parts) : ExpressionPart;

    /// <summary>A part so many times; without a bound where there is no maximum.</summary>
    public sealed record Repeat(ExpressionPart Part, int Minimum, int? Maximum, bool IsLazy) : ExpressionPart;

    /// <summary>A part whose text can be referred to, if it is kept.</summary>
    public sealed record Group(ExpressionPart Part, bool IsKept) : ExpressionPart;

    /// <summary>A place between two letters.</summary>
    public sealed record Place(PlaceKind Kind) : ExpressionPart;
}
