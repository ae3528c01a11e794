namespace CloudLb.ElbV2.Domain;

/// <summary>
/// AWS's patterns: <c>*</c> stands for any characters, none included, and <c>?</c> for exactly one; whole texts are compared.
/// </summary>
internal static class Wildcards
{
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">What is compared with it.</param>
    /// <param name="ignoresCase">Whether letters of the other case are the same; of ASCII, as nothing else takes part.</param>
    /// <param name="hasEscapes">Whether a backslash makes the next wildcard, or backslash, plain.</param>
    public static bool IsMatch(string pattern, string text, bool ignoresCase, bool hasEscapes = false)
    {
        var steps = Steps(pattern, hasEscapes);
        var (step, at, star, from) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (step < steps.Count && steps[step] is { Kind: Kind.Any })
            {
                (star, from) = (step++, at);
            }
            else if (step < steps.Count && (steps[step].Kind == Kind.One || IsSame(steps[step].Letter, text[at], ignoresCase)))
            {
                step++;
                at++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                step = star + 1;
                at = ++from;
            }
            else
            {
                return false;
            }
        }

        return steps.Skip(step).All(left => left.Kind == Kind.Any);
    }

    /// <summary>How many wildcards a pattern has.</summary>
    public static int Count(string pattern, bool hasEscapes = false) => Steps(pattern, hasEscapes).Count(step => step.Kind != Kind.Plain);

    private static List<Step> Steps(string pattern, bool hasEscapes)
    {
        var steps = new List<Step>(pattern.Length);
        for (var index = 0; index < pattern.Length; index++)
        {
            var isEscaped = hasEscapes && index + 1 < pattern.Length && pattern[index + 1] is '*' or '?' or '\\';
            steps.Add(pattern[index] switch
            {
                '\\' when isEscaped => new(Kind.Plain, pattern[++index]),
                '*' => new(Kind.Any, '*'),
                '?' => new(Kind.One, '?'),
                var letter => new(Kind.Plain, letter),
            });
        }

        return steps;
    }

    private static bool IsSame(char first, char second, bool ignoresCase) =>
        first == second || (ignoresCase && char.IsAscii(first) && char.ToLowerInvariant(first) == char.ToLowerInvariant(second));

    private enum Kind
    {
        Plain,
        One,
        Any,
    }

    private readonly record struct Step(Kind Kind, char Letter);
}
