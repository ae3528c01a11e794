using System.Globalization;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Regular expressions for what stands at the top of a JSON object. HAProxy's own look-up takes dots of a name for a path, knows no lists,
/// and not all spellings of a text (2.6.12).
/// </summary>
/// <remarks>
/// Whatever is no letter or digit is written by its number, as itself and as JSON may write it, so that nothing of it has a meaning. What
/// has been passed is not gone back over, so the time grows with the length.
/// </remarks>
internal static class ClaimExpression
{
    /// <summary>What a claim that is a number begins with, for <see cref="Begins"/>.</summary>
    public const string Number = "-?[0-9]";

    // By names, as HAProxy has groups without one not counted: t is a text, v a value with the blanks around it.
    private const string Text = """ "(?:[^"\\]++|\\.)*+" """;

    private const string Object = """\{(?:\s*+(?&t)\s*+:(?&v)(?:,\s*+(?&t)\s*+:(?&v))*+)?+\s*+\}""";

    private const string List = """\[(?:(?&v)(?:,(?&v))*+|\s*+)\]""";

    private static readonly string Grammar =
        $$"""(?(DEFINE)(?<t>{{Text.Trim()}})(?<v>\s*+(?:(?&t)|{{Object}}|{{List}}|[^\s"{}\[\],:]++)\s*+))""";

    /// <summary>The expression that holds when the claim is there and says the value.</summary>
    public static string Of(string name, ClaimForm form, string value)
    {
        var said = Written(value);
        var says = form switch
        {
            ClaimForm.Words => $"\"(?:(?:[^\"\\\\ ]|\\\\.)*+ )*?{said}[ \"]",
            ClaimForm.List => $"\\[(?:(?&v),)*?\\s*+\"{said}\"\\s*+[,\\]]",
            _ => $"\"{said}\"\\s*+[,}}]",
        };
        return Begins(name, says);
    }

    /// <summary>What a claim of a form begins with.</summary>
    public static string Begin(ClaimForm form) => form == ClaimForm.List ? "\\[" : "\"";

    /// <summary>The expression that holds when the claim is there and begins so.</summary>
    /// <param name="name">Of the claim.</param>
    /// <param name="begin">An expression for what comes after the colon; empty for whatever it is.</param>
    public static string Begins(string name, string begin)
    {
        var member = $"\\s*+\"{Written(name)}\"\\s*+:";
        return $"{Grammar}^\\s*+\\{{(?:(?!{member})\\s*+(?&t)\\s*+:(?&v),)*+{member}\\s*+{begin}";
    }

    private static string Written(string text)
    {
        var expression = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            _ = Rune.IsLetterOrDigit(rune) && rune.IsAscii ? expression.Append(rune)
                : Rune.IsControl(rune) ? throw new UnwritableValueException(text, "contains a control character")
                : expression.Append("(?:").AppendJoin('|', Spellings(rune)).Append(')');
        }

        return expression.ToString();
    }

    private static IEnumerable<string> Spellings(Rune rune)
    {
        var plain = string.Concat(Encoding.UTF8.GetBytes(rune.ToString()).Select(octet => $"\\x{octet:x2}"));
        if (rune.Value is not ('"' or '\\'))
        {
            yield return plain;
        }

        if (rune.Value is '"' or '\\' or '/')
        {
            yield return $"\\\\{plain}";
        }

        yield return string.Concat(rune.ToString().Select(unit =>
            $"(?i:\\\\u{((int)unit).ToString("x4", CultureInfo.InvariantCulture)})"));
    }
}
