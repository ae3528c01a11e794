namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// The defaults of listeners whose rules every request comes to. The others' end for the usual request before its listener's own rules
/// (<see cref="DesyncLines.WriteUsual"/>), which spares conditions and nothing else: what comes after is about requests that those rules
/// let through, and finds nothing in any other.
/// </summary>
internal static class OpenDefaults
{
    /// <summary>The end of their names.</summary>
    public const string Suffix = "_open";

    private const string Listeners = "defaults http_listener";

    private static readonly string[] Shortcuts =
        ["  http-request allow ", "  http-after-response allow ", "  http-request set-var(txn.unusual) "];

    /// <summary>Whether a section is one of those that have such a twin.</summary>
    public static bool IsTwin(string header) =>
        header.StartsWith(Listeners, StringComparison.Ordinal) && !header.Contains($"{PathLines.Suffix} ", StringComparison.Ordinal);

    /// <summary>The twin of a section.</summary>
    /// <param name="section">Its lines, of which the first says what it is.</param>
    public static IEnumerable<string> Of(IReadOnlyList<string> section)
    {
        var words = section[0].Split(' ');
        return section.Skip(1)
            .Where(line => !Array.Exists(Shortcuts, shortcut => line.StartsWith(shortcut, StringComparison.Ordinal)))
            .Prepend($"{words[0]} {words[1]}{Suffix} {string.Join(' ', words[2..])}");
    }
}
