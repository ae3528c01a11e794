using System.Globalization;
using System.Text;

namespace CloudLb.Core.Expressions;

/// <summary>A set of bytes, one of which a place of an expression takes.</summary>
internal sealed class LetterSet
{
    /// <summary>Everything but the end of a line.</summary>
    public static readonly LetterSet Any = Of(letter => letter != '\n');

    public static readonly LetterSet Digits = Of(letter => char.IsAsciiDigit((char)letter));

    public static readonly LetterSet Words = Of(letter => char.IsAsciiLetterOrDigit((char)letter) || letter == '_');

    public static readonly LetterSet Blanks = Of(letter => letter is ' ' or (>= 9 and <= 13));

    private const int Letters = 256;
    private readonly bool[] _has;

    private LetterSet(bool[] has) => _has = has;

    public static LetterSet Of(Func<int, bool> has) => new([.. Enumerable.Range(0, Letters).Select(has)]);

    public static LetterSet Of(char letter) => Of(each => each == letter);

    public bool Has(int letter) => _has[letter];

    public bool IsSame(LetterSet other) => _has.AsSpan().SequenceEqual(other._has);

    public LetterSet Without() => Of(letter => !_has[letter]);

    public LetterSet With(LetterSet other) => Of(letter => _has[letter] || other._has[letter]);

    /// <summary>With the other case of each letter of ASCII.</summary>
    public LetterSet OfBothCases() => Of(letter => _has[letter] || (char.IsAsciiLetter((char)letter) && _has[letter ^ 0x20]));

    /// <summary>As a class of an expression, or the letter itself where there is one.</summary>
    public string Written()
    {
        if (IsSame(Any))
        {
            return ".";
        }

        if (!_has.Contains(true))
        {
            return "[^\\x00-\\xff]";
        }

        var text = new StringBuilder();
        for (var first = 0; first < Letters; first++)
        {
            if (_has[first])
            {
                var last = first;
                while (last + 1 < Letters && _has[last + 1])
                {
                    last++;
                }

                text.Append(Written(first)).Append(last > first ? $"-{Written(last)}" : "");
                first = last;
            }
        }

        return _has.Count(has => has) == 1 ? text.ToString() : $"[{text}]";
    }

    private static string Written(int letter) =>
        char.IsAsciiLetterOrDigit((char)letter)
            ? ((char)letter).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"\\x{letter:x2}");
}
