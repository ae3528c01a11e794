using System.Text.RegularExpressions;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy.Trials;

/// <summary>What HAProxy objects to, by the operator's files.</summary>
internal static partial class TrialFaults
{
    public static string Read(string text, CellConfiguration configuration)
    {
        var faults = Alert().Matches(text)
            .Select(match => match.Groups["said"].Value.Trim())
            .Where(said => !Summary().IsMatch(said))
            .Select(said => Place().Match(said) is { Success: true } place
                ? Told(place.Groups["words"].Value, int.Parse(place.Groups["line"].ValueSpan), configuration)
                : said)
            .ToList();
        return faults.Count > 0 ? string.Join("; ", faults) : text.Trim();
    }

    private static string Told(string words, int line, CellConfiguration configuration) =>
        configuration.OriginOf(line) is { } origin
            ? $"HAProxy refuses a line of {origin}: {words.Trim(' ', ':', '.')}. The line: {configuration.Line(line).Trim()}"
            : $"HAProxy refuses '{configuration.Line(line).Trim()}': {words.Trim(' ', ':', '.')}";

    [GeneratedRegex(@"^\[ALERT\][^:]*: (?:config : )?(?<said>.*)$", RegexOptions.Multiline)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^(?:Error\(s\) found in configuration file|Fatal errors found in configuration)")]
    private static partial Regex Summary();

    [GeneratedRegex(@"^(?:parsing )?\[[^\[\]]*:(?<line>\d+)\]\s*:?\s*(?<words>.*)$")]
    private static partial Regex Place();
}
