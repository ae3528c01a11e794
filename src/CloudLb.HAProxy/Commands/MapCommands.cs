using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.HAProxy.Commands;

/// <summary>
/// The commands that replace all entries of a map at once: until the last of them every request is looked up in those of before. Tried
/// with 2.6.12; 2.4 and newer.
/// </summary>
internal static class MapCommands
{
    private const string Prepared = "New version created: ";

    /// <summary>Asks for a place for other entries.</summary>
    public static string Prepare(RuleMap map) => $"prepare map {map.Name}";

    /// <summary>The place, out of the answer to <see cref="Prepare"/>.</summary>
    public static int VersionIn(string answer) =>
        answer.StartsWith(Prepared, StringComparison.Ordinal) && int.TryParse(answer[Prepared.Length..].Trim(), out var version)
            ? version
            : throw new RuntimeException($"HAProxy has no place for the entries of a map: {answer.Trim()}");

    /// <summary>Puts the entries there, as many in one command as it may carry.</summary>
    /// <param name="map">The map.</param>
    /// <param name="version">The place.</param>
    /// <param name="longest">How many characters a command may carry.</param>
    public static IEnumerable<string> Add(RuleMap map, int version, int longest)
    {
        var carried = "";
        foreach (var line in map.Lines)
        {
            if (carried.Length > 0 && carried.Length + line.Length >= longest)
            {
                yield return Carrying(map, version, carried);
                carried = "";
            }

            carried += line + "\n";
        }

        if (carried.Length > 0)
        {
            yield return Carrying(map, version, carried);
        }
    }

    /// <summary>Whether they are there: what is carried is answered with a mark for each line.</summary>
    public static bool IsAdded(string answer) => answer.All(letter => letter is '+' or ' ' or '\n');

    public static string Commit(RuleMap map, int version) => $"commit map @{version} {map.Name}";

    public static string Show(RuleMap map) => $"show map {map.Name}";

    /// <summary>Whether a process has these entries, out of its answer to <see cref="Show"/>.</summary>
    public static bool Shows(string answer, RuleMap map) => answer.Trim().Split('\n')
        .Where(line => line.StartsWith("0x", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(' ') + 1)..])
        .SequenceEqual(map.Lines);

    // The empty line that ends what is carried comes from the session.
    private static string Carrying(RuleMap map, int version, string lines) => $"add map @{version} {map.Name} <<\n{lines}";
}
