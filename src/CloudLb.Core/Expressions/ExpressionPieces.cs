using System.Text;

namespace CloudLb.Core.Expressions;

/// <summary>
/// An expression as pieces with any letters between them. Where each piece has one length, the first place where it fits is as good as any
/// later one, so that it is looked for from the left and then kept: linear however many pieces there are.
/// </summary>
internal sealed class ExpressionPieces
{
    private const int MostAlternatives = 32;
    private readonly List<ExpressionPart.Sequence> _pieces;
    private readonly bool _isFromStart;
    private readonly bool _isToEnd;

    private ExpressionPieces(List<ExpressionPart.Sequence> pieces, bool isFromStart, bool isToEnd) =>
        (_pieces, _isFromStart, _isToEnd) = (pieces, isFromStart, isToEnd);

    public static ExpressionPieces Of(ExpressionPart part)
    {
        var parts = Flat(part).ToList();
        var isFromStart = parts is [ExpressionPart.Place(PlaceKind.Start), ..];
        var isToEnd = parts is [.., ExpressionPart.Place(PlaceKind.End)];
        var (pieces, piece) = (new List<ExpressionPart.Sequence>(), new List<ExpressionPart>());
        foreach (var each in parts.Skip(isFromStart ? 1 : 0).SkipLast(isToEnd ? 1 : 0))
        {
            if (each is ExpressionPart.Repeat { Part: ExpressionPart.Letter(var set), Maximum: null } any && set.IsSame(LetterSet.Any))
            {
                pieces.Add(new([.. piece]));
                piece = [.. Enumerable.Repeat(any.Part, any.Minimum)];
            }
            else
            {
                piece.Add(each);
            }
        }

        pieces.Add(new([.. piece]));
        var shortened = pieces.Select((each, index) => Shortened(
            each.Parts, isLeftOpen: index > 0 || !isFromStart, isRightOpen: index < pieces.Count - 1 || !isToEnd));
        return new([.. shortened], isFromStart, isToEnd);
    }

    /// <summary>An expression as several, of which each has a length where that can be: choices between lengths are spread out.</summary>
    public static IReadOnlyList<ExpressionPart> Alternatives(ExpressionPart part)
    {
        var alternatives = new List<ExpressionPart>();
        var open = new Stack<ExpressionPart>([part]);
        while (open.TryPop(out var next))
        {
            var parts = Flat(next).ToList();
            var at = parts.FindIndex(each => Choices(each) is not null && LengthOf(each) is null);
            if (at < 0)
            {
                alternatives.Add(next);
            }
            else if (Choices(parts[at]) is { } choices)
            {
                foreach (var choice in choices.Reverse())
                {
                    open.Push(new ExpressionPart.Sequence([.. parts[..at], choice, .. parts[(at + 1)..]]));
                }
            }

            if (alternatives.Count + open.Count > MostAlternatives)
            {
                return [part];
            }
        }

        return alternatives;
    }

    /// <summary>Whether an expression takes any letters before everything else.</summary>
    public static bool BeginsWithAny(ExpressionPart part) =>
        Flat(part).FirstOrDefault() is ExpressionPart.Repeat { Part: ExpressionPart.Letter(var set), Minimum: 0, Maximum: null }
            && set.IsSame(LetterSet.Any);

    /// <summary>
    /// An expression without any letters to the end, which always fit: who has come to them has found a match, and tries nothing else.
    /// </summary>
    public static ExpressionPart WithoutRest(ExpressionPart part)
    {
        var parts = Flat(part).ToList();
        if (parts is [.., ExpressionPart.Place(PlaceKind.End)])
        {
            parts.RemoveAt(parts.Count - 1);
        }

        return parts is [.., ExpressionPart.Repeat { Part: ExpressionPart.Letter(var set), Maximum: null } rest]
            && set.IsSame(LetterSet.Any)
            ? new ExpressionPart.Sequence([.. parts.SkipLast(1), .. Enumerable.Repeat(rest.Part, rest.Minimum)])
            : part;
    }

    /// <summary>
    /// The expression, found anywhere, and how often each letter of a text is looked at for it; null where a piece has no one length, or
    /// takes too long by itself. One that stands at the start is looked at once, whatever the length of the text.
    /// </summary>
    public (string Written, int Looks)? Written(ExpressionBudget budget)
    {
        var looks = 0;
        foreach (var (index, piece) in _pieces.Index())
        {
            if (LengthOf(piece) is null || OpenWays.Most(piece, isSearched: true, budget) is not { } most)
            {
                return null;
            }

            looks = Math.Max(looks, index == 0 && _isFromStart ? 0 : most);
        }

        var text = new StringBuilder("^");
        for (var index = 0; index < _pieces.Count; index++)
        {
            var (isFirst, isLast) = (index == 0, index == _pieces.Count - 1);
            var piece = ExpressionWriter.Write(_pieces[index]);
            if (isFirst && _isFromStart)
            {
                text.Append(piece).Append(isLast && _isToEnd ? "$" : "");
            }
            else if (isLast && _isToEnd)
            {
                text.Append(".*").Append(piece).Append('$');
            }
            else if (piece.Length > 0)
            {
                text.Append("(?>.*?").Append(piece).Append(')');
            }
        }

        return (text.ToString(), looks);
    }

    /// <summary>Where anything may stand beside a piece, what it repeats there need be there no oftener than it must.</summary>
    private static ExpressionPart.Sequence Shortened(IReadOnlyList<ExpressionPart> parts, bool isLeftOpen, bool isRightOpen)
    {
        var left = new List<ExpressionPart>(parts);
        while (isLeftOpen && left is [ExpressionPart.Repeat first, ..])
        {
            left.RemoveAt(0);
            left.InsertRange(0, Enumerable.Repeat(first.Part, first.Minimum));
        }

        while (isRightOpen && left is [.., ExpressionPart.Repeat last])
        {
            left.RemoveAt(left.Count - 1);
            left.AddRange(Enumerable.Repeat(last.Part, last.Minimum));
        }

        return new(left);
    }

    private static IReadOnlyList<ExpressionPart>? Choices(ExpressionPart part) => part switch
    {
        ExpressionPart.Choice(var parts) => parts,
        ExpressionPart.Group(ExpressionPart.Choice(var parts), _) => parts,
        _ => null,
    };

    private static IEnumerable<ExpressionPart> Flat(ExpressionPart part) => part switch
    {
        ExpressionPart.Sequence(var parts) => parts.SelectMany(Flat),
        ExpressionPart.Group(var inner, _) when inner is not ExpressionPart.Choice => Flat(inner),
        _ => [part],
    };

    /// <summary>How many letters a part takes; null where that is not always the same, or a place is asked for.</summary>
    private static int? LengthOf(ExpressionPart part) => part switch
    {
        ExpressionPart.Letter => 1,
        ExpressionPart.Sequence(var parts) => parts.Aggregate((int?)0, (sum, each) => sum + LengthOf(each)),
        ExpressionPart.Choice(var parts) => parts.Select(LengthOf).Distinct().ToList() is [var only] ? only : null,
        ExpressionPart.Group(var inner, _) => LengthOf(inner),
        ExpressionPart.Repeat(var inner, var minimum, var maximum, _) when minimum == maximum => LengthOf(inner) * minimum,
        _ => null,
    };
}
