using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CloudLb.AwsApi.Shapes;

/// <summary>What the model asks of a text: a pattern, or one of some values.</summary>
public sealed class StringPattern
{
    private readonly Regex? _regex;
    private readonly IReadOnlyList<string> _values;

    /// <param name="text">As the model spells it, for the error message.</param>
    /// <param name="regex">
    /// Matches whole values only: anchored with <c>\A</c> and <c>\z</c>, since <c>$</c> lets a trailing newline through.
    /// </param>
    public StringPattern(string text, Regex regex)
        : this(regex, [], $"Member must satisfy regular expression pattern: {text}")
    {
    }

    private StringPattern(Regex? regex, IReadOnlyList<string> values, string constraint) =>
        (_regex, _values, Constraint) = (regex, values, constraint);

    /// <summary>In AWS's words, for the error message.</summary>
    internal string Constraint { get; }

    /// <summary>One of the values of an enumeration.</summary>
    public static StringPattern OneOf(params string[] values) =>
        new(null, values, $"Member must satisfy enum value set: [{string.Join(", ", values)}]");

    /// <summary>
    /// Whether the whole value matches. The models' patterns are Java's, where a letter beyond U+FFFF is a letter (𠮷, for example); .NET
    /// sees its two halves, which are none. A letter or number of one half stands in for it.
    /// </summary>
    internal bool IsMatch(string value) => _regex is null
        ? _values.Contains(value)
        : _regex.IsMatch(value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? InOneHalf(value) : value);

    private static string InOneHalf(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            text.Append(rune.IsBmp ? (char)rune.Value : StandIn(rune));
        }

        return text.ToString();
    }

    /// <summary>Of the same kind, and in none of the ranges of characters that the models have.</summary>
    private static char StandIn(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherLetter => '\u4E00',
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => '\u0660',
        _ => '\uFFFD',
    };
}
