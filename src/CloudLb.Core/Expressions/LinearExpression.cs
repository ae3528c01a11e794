using System.Text.RegularExpressions;

namespace CloudLb.Core.Expressions;

/// <summary>
/// A regular expression of AWS's rules whose time grows with the length of the text and not with its power, whoever tries it: nobody's
/// expression holds up a thread that others share. One that has not this property, or cannot be seen to have it, is refused.
/// </summary>
public sealed class LinearExpression
{
    private const int LongestWritten = 8000;
    private readonly ExpressionPart _part;

    private LinearExpression(ExpressionPart part, string written, int groups, int looks)
    {
        (_part, Written, Groups, Looks) = (part, written, groups, Math.Max(looks, 1));
        if (written.Length > LongestWritten)
        {
            throw new ExpressionException("is too long with its classes of letters");
        }
    }

    /// <summary>For PCRE; of printable ASCII without quotation marks and blanks. Found anywhere in a text.</summary>
    public string Written { get; }

    /// <summary>The same for .NET, which needs no care as it does not try one way after another.</summary>
    public Regex Compared => new(Whole(_part), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>
    /// How often each letter of a text is looked at, at most; 1 for what stands at the start of it. With PCRE's compiled expressions a look
    /// takes a nanosecond.
    /// </summary>
    public int Looks { get; }

    /// <summary>How many groups can be referred to.</summary>
    public int Groups { get; }

    /// <summary>An expression that is only asked whether it fits.</summary>
    /// <param name="text">As AWS's users write it.</param>
    /// <param name="ignoresCase">Whether letters of the other case are the same.</param>
    /// <exception cref="ExpressionException">It is no expression, or may take too long.</exception>
    public static LinearExpression OfCondition(string text, bool ignoresCase)
    {
        var part = ExpressionReader.Read(text, ignoresCase);
        var budget = new ExpressionBudget();
        var alternatives = ExpressionPieces.Alternatives(part).Select(each => InPiecesOrWhole(each, budget)).ToList();
        return new(part, string.Join('|', alternatives.Select(each => each.Written)), 0, alternatives.Sum(each => each.Looks));
    }

    /// <summary>An expression whose match is replaced: what its groups take is as PCRE says.</summary>
    /// <inheritdoc cref="OfCondition"/>
    public static LinearExpression OfRewrite(string text, bool ignoresCase) =>
        Checked(ExpressionReader.Read(text, ignoresCase), new());

    private static (string Written, int Looks) InPiecesOrWhole(ExpressionPart part, ExpressionBudget budget)
    {
        if (ExpressionPieces.Of(part).Written(budget) is { } inPieces)
        {
            return inPieces;
        }

        var whole = Checked(part, budget);
        return (whole.Written, whole.Looks);
    }

    private static LinearExpression Checked(ExpressionPart part, ExpressionBudget budget)
    {
        // What begins with any letters begins at the start as well as anywhere.
        var isAnchored = ExpressionPieces.BeginsWithAny(part);
        return OpenWays.Most(ExpressionPieces.WithoutRest(part), isSearched: !isAnchored, budget) is { } looks
            ? new(part, (isAnchored ? "^" : "") + Whole(part), CountGroups(part), looks)
            : throw new ExpressionException("may take time out of proportion to what it looks through, and is not supported");
    }

    private static string Whole(ExpressionPart part) =>
        part is ExpressionPart.Choice ? $"(?:{ExpressionWriter.Write(part)})" : ExpressionWriter.Write(part);

    private static int CountGroups(ExpressionPart part) => part switch
    {
        ExpressionPart.Sequence(var parts) => parts.Sum(CountGroups),
        ExpressionPart.Choice(var parts) => parts.Sum(CountGroups),
        ExpressionPart.Group(var inner, var isKept) => CountGroups(inner) + (isKept ? 1 : 0),
        ExpressionPart.Repeat(var inner, _, _, _) => CountGroups(inner),
        _ => 0,
    };
}
