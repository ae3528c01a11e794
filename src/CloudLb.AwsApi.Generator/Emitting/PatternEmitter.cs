using System.Text;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Writes the class that holds the patterns of a service.</summary>
internal static class PatternEmitter
{
    public static void Emit(SourceText text, string className, SortedDictionary<string, string> patterns)
    {
        text.Line("/// <summary>The patterns that requests are held against, by the name of their shape.</summary>")
            .Line($"internal static partial class {className}").Open();
        var first = true;
        foreach (var (shape, pattern) in patterns)
        {
            if (!first)
            {
                text.Line();
            }

            first = false;
            text.Line($"public static readonly StringPattern {shape} = new({Verbatim(pattern)}, {shape}Regex());")
                .Line()
                .Line($"[GeneratedRegex({Verbatim(WholeValue(pattern))}, RegexOptions.CultureInvariant)]")
                .Line($"private static partial Regex {shape}Regex();");
        }

        text.Close();
    }

    /// <summary>AWS matches whole values, anchored or not; and <c>$</c> would let a newline at the end through.</summary>
    private static string WholeValue(string pattern)
    {
        var inner = pattern.StartsWith('^') ? pattern[1..] : pattern;
        inner = inner.EndsWith('$') && !inner.EndsWith("\\$", StringComparison.Ordinal) ? inner[..^1] : inner;
        return $@"\A(?:{AsciiWords(inner)})\z";
    }

    /// <summary>The models' patterns are Java's, whose <c>\w</c> is ASCII; .NET's is every letter there is.</summary>
    private static string AsciiWords(string pattern)
    {
        var text = new StringBuilder();
        var isInClass = false;
        for (var index = 0; index < pattern.Length; index++)
        {
            var isEscape = pattern[index] == '\\' && index + 1 < pattern.Length;
            if (isEscape && pattern[index + 1] == 'w')
            {
                text.Append(isInClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]");
                index++;
            }
            else if (isEscape)
            {
                text.Append(pattern[index]).Append(pattern[++index]);
            }
            else
            {
                isInClass = pattern[index] == '[' || (isInClass && pattern[index] != ']');
                text.Append(pattern[index]);
            }
        }

        return text.ToString();
    }

    private static string Verbatim(string text) => $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
