using System.Globalization;

namespace CloudLb.Core.Expressions;

/// <summary>
/// Reads regular expressions as AWS has them: those of PCRE without lookaround, references back, atomic groups, possessive quantifiers,
/// subroutines, recursion and properties of Unicode. Printable ASCII alone.
/// </summary>
internal sealed class ExpressionReader
{
    private const int MostRepeats = 1000, DeepestGroups = 50;
    private readonly string _text;
    private readonly bool _ignoresCase;
    private int _at;
    private int _depth;

    private ExpressionReader(string text, bool ignoresCase) => (_text, _ignoresCase) = (text, ignoresCase);

    private char? Next => _at < _text.Length ? _text[_at] : null;

    /// <param name="text">The expression.</param>
    /// <param name="ignoresCase">Whether letters of ASCII stand for their other case, too.</param>
    public static ExpressionPart Read(string text, bool ignoresCase)
    {
        if (text.Any(letter => letter is < ' ' or > '~'))
        {
            throw new ExpressionException("has a character that is not printable ASCII");
        }

        var reader = new ExpressionReader(text, ignoresCase);
        var part = reader.ReadChoice();
        return reader._at == text.Length ? part : throw new ExpressionException("has a closing parenthesis too many");
    }

    private ExpressionPart ReadChoice()
    {
        var parts = new List<ExpressionPart> { ReadSequence() };
        while (TryTake('|'))
        {
            parts.Add(ReadSequence());
        }

        return parts.Count == 1 ? parts[0] : new ExpressionPart.Choice(parts);
    }

    private ExpressionPart.Sequence ReadSequence()
    {
        var parts = new List<ExpressionPart>();
        while (Next is { } next and not '|' and not ')')
        {
            _at++;
            parts.Add(ReadRepeats(ReadPart(next)));
        }

        return new(parts);
    }

    private ExpressionPart ReadPart(char letter) => letter switch
    {
        '(' => ReadGroup(),
        '[' => new ExpressionPart.Letter(ReadClass()),
        '.' => new ExpressionPart.Letter(LetterSet.Any),
        '^' => new ExpressionPart.Place(PlaceKind.Start),
        '$' => new ExpressionPart.Place(PlaceKind.End),
        '*' or '+' or '?' => throw new ExpressionException($"has '{letter}' where there is nothing to repeat"),
        '\\' => ReadEscape(),
        _ => new ExpressionPart.Letter(Cased(LetterSet.Of(letter))),
    };

    private ExpressionPart.Group ReadGroup()
    {
        if (++_depth > DeepestGroups)
        {
            throw new ExpressionException("has groups that are nested too deep");
        }

        var isKept = true;
        if (TryTake('?'))
        {
            isKept = !TryTake(':');
            if (isKept)
            {
                SkipName();
            }
        }

        var part = ReadChoice();
        _depth--;
        return TryTake(')') ? new(part, isKept) : throw new ExpressionException("has a group that is not closed");
    }

    private void SkipName()
    {
        _ = TryTake('P');
        var end = _text.IndexOf('>', _at);
        if (!TryTake('<') || end < _at + 1 || _text[_at..end].Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_'))
        {
            throw new ExpressionException("has a group of a kind that is not supported");
        }

        _at = end + 1;
    }

    private ExpressionPart ReadEscape()
    {
        switch (Next)
        {
            case 'b':
                _at++;
                return new ExpressionPart.Place(PlaceKind.WordEdge);
            case 'B':
                _at++;
                return new ExpressionPart.Place(PlaceKind.NoWordEdge);
            case 'A':
                _at++;
                return new ExpressionPart.Place(PlaceKind.Start);
            case 'z' or 'Z':
                _at++;
                return new ExpressionPart.Place(PlaceKind.End);
            default:
                return new ExpressionPart.Letter(Cased(ReadEscapedSet()));
        }
    }

    private LetterSet Cased(LetterSet set) => _ignoresCase ? set.OfBothCases() : set;

    private LetterSet ReadEscapedSet()
    {
        var letter = Next ?? throw new ExpressionException("ends with a backslash");
        _at++;
        return letter switch
        {
            'd' => LetterSet.Digits,
            'D' => LetterSet.Digits.Without(),
            'w' => LetterSet.Words,
            'W' => LetterSet.Words.Without(),
            's' => LetterSet.Blanks,
            'S' => LetterSet.Blanks.Without(),
            't' => LetterSet.Of('\t'),
            'x' when _at + 2 <= _text.Length
                && int.TryParse(_text.AsSpan(_at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) =>
                LetterSet.Of((char)Passed(2, number)),
            _ when char.IsAsciiLetterOrDigit(letter) => throw new ExpressionException($"has '\\{letter}', which is not supported"),
            _ => LetterSet.Of(letter),
        };
    }

    private LetterSet ReadClass()
    {
        var isWithout = TryTake('^');
        var set = LetterSet.Of(_ => false);
        for (var isFirst = true; Next is not ']' || isFirst; isFirst = false)
        {
            var first = ReadClassPart();
            if (Next == '-' && _at + 1 < _text.Length && _text[_at + 1] != ']')
            {
                _at++;
                var (from, to) = (Only(first), Only(ReadClassPart()));
                set = from <= to
                    ? set.With(LetterSet.Of(letter => letter >= from && letter <= to))
                    : throw new ExpressionException("has a range whose end comes before its start");
            }
            else
            {
                set = set.With(first);
            }
        }

        _at++;
        return isWithout ? Cased(set).Without() : Cased(set);
    }

    private LetterSet ReadClassPart()
    {
        var letter = Next ?? throw new ExpressionException("has a class that is not closed");
        _at++;
        return letter switch
        {
            '\\' => ReadEscapedSet(),
            '[' when Next is ':' or '.' or '=' => throw new ExpressionException($"has '[{Next}', which is not supported"),
            _ => LetterSet.Of(letter),
        };
    }

    private static int Only(LetterSet set)
    {
        var letters = Enumerable.Range(0, 256).Where(set.Has).Take(2).ToList();
        return letters.Count == 1 ? letters[0] : throw new ExpressionException("has a range between sets");
    }

    private ExpressionPart ReadRepeats(ExpressionPart part)
    {
        var (minimum, maximum) = ReadTimes();
        if (minimum is not { } least)
        {
            return part;
        }

        if (part is ExpressionPart.Place)
        {
            throw new ExpressionException("repeats what is no letter");
        }

        var isLazy = TryTake('?');
        return Next is '+' or '*' or '?' || (Next == '{' && Braces() is not null)
            ? throw new ExpressionException("has a quantifier behind a quantifier, which is not supported")
            : new ExpressionPart.Repeat(part, least, maximum, isLazy);
    }

    private (int? Minimum, int? Maximum) ReadTimes()
    {
        switch (Next)
        {
            case '*':
                _at++;
                return (0, null);
            case '+':
                _at++;
                return (1, null);
            case '?':
                _at++;
                return (0, 1);
            case '{' when Braces() is var (minimum, maximum, length):
                _at += length;
                return minimum <= MostRepeats && (maximum ?? minimum) <= MostRepeats && minimum <= (maximum ?? minimum)
                    ? (minimum, maximum)
                    : throw new ExpressionException("has a number of repeats that is not supported");
            default:
                return (null, null);
        }
    }

    /// <summary>The numbers between braces, and their length with them; null where the brace is a letter like others.</summary>
    private (int Minimum, int? Maximum, int Length)? Braces()
    {
        var end = _text.IndexOf('}', _at);
        if (end < 0)
        {
            return null;
        }

        var numbers = _text[(_at + 1)..end].Split(',');
        var isOpen = numbers is [_, ""];
        var maximum = 0;
        return numbers.Length is 1 or 2 && TryNumber(numbers[0], out var minimum) && (isOpen || TryNumber(numbers[^1], out maximum))
            ? (minimum, isOpen ? null : maximum, end - _at + 1)
            : null;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private int Passed(int letters, int value)
    {
        _at += letters;
        return value;
    }

    private bool TryTake(char letter)
    {
        if (Next != letter)
        {
            return false;
        }

        _at++;
        return true;
    }
}
