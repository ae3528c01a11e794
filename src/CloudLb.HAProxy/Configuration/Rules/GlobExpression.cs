using System.Text;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Regular expressions for texts with <c>*</c> and <c>?</c>. Whatever is no letter or digit is written by its number, so that nothing of it
/// has a meaning, neither in the expression nor in the file.
/// </summary>
/// <remarks>
/// What stands between two stars is looked for from the left and then kept, which finds a match wherever there is one. So the time grows
/// with the length of what is looked through and not with its power: nobody's pattern holds up a thread that others share.
/// </remarks>
internal static class GlobExpression
{
    /// <summary>The expression for a whole text.</summary>
    /// <param name="pattern">Printable ASCII, or an <see cref="UnwritableValueException"/>.</param>
    /// <param name="any">The characters that <c>*</c> and <c>?</c> stand for, as a class or a dot.</param>
    /// <param name="hasEscapes">Whether a backslash makes a star, a question mark and itself plain.</param>
    public static string Of(string pattern, string any = ".", bool hasEscapes = false)
    {
        var parts = Parts(pattern, any, hasEscapes);
        var text = new StringBuilder(parts[0]);
        for (var part = 1; part < parts.Count; part++)
        {
            if (part == parts.Count - 1)
            {
                text.Append(any).Append('*').Append(parts[part]);
            }
            else if (parts[part].Length > 0)
            {
                text.Append("(?>").Append(any).Append("*?").Append(parts[part]).Append(')');
            }
        }

        return text.ToString();
    }

    /// <summary>A text of printable ASCII that stands for itself.</summary>
    public static string Plain(string text) => string.Concat(text.Select(Plain));

    private static List<string> Parts(string pattern, string any, bool hasEscapes)
    {
        var (parts, part) = (new List<string>(), new StringBuilder());
        for (var index = 0; index < pattern.Length; index++)
        {
            var character = pattern[index];
            if (hasEscapes && character == '\\' && index + 1 < pattern.Length && pattern[index + 1] is '*' or '?' or '\\')
            {
                part.Append(Plain(pattern[++index]));
            }
            else if (character == '*')
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(character == '?' ? any : Plain(character));
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    private static string Plain(char character) => character switch
    {
        _ when char.IsAsciiLetterOrDigit(character) => character.ToString(),
        >= ' ' and <= '~' => $@"\x{(int)character:x2}",
        _ => throw new UnwritableValueException(character.ToString(), "is no printable character of ASCII"),
    };
}
