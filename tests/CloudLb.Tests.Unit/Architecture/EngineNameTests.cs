using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>Who may name a data plane: a reader of another room should not find out which one there is.</summary>
public sealed partial class EngineNameTests
{
    [Fact]
    public void The_operator_names_no_data_plane() => Assert.Empty(LinesThatName("CloudLb.Operator", _ => true));

    [Fact]
    public void The_server_names_one_in_composition_and_settings_only() => Assert.Empty(
        LinesThatName("CloudLb.Server", file => !file.StartsWith("Settings/", StringComparison.Ordinal) && file != "Composition.cs"));

    [Fact]
    public void What_is_looked_for_is_found_where_it_may_stand() =>
        Assert.NotEmpty(LinesThatName("CloudLb.Server", file => file == "Composition.cs"));

    private static IEnumerable<string> LinesThatName(string project, Func<string, bool> isLookedAt, [CallerFilePath] string here = "")
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", project));
        foreach (var path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            var file = Path.GetRelativePath(folder, path);
            if (file.StartsWith("obj/", StringComparison.Ordinal) || file.StartsWith("bin/", StringComparison.Ordinal) || !isLookedAt(file))
            {
                continue;
            }

            foreach (var (index, line) in File.ReadLines(path).Index())
            {
                if (Engine().IsMatch(line))
                {
                    yield return $"{project}/{file}:{index + 1}";
                }
            }
        }
    }

    [GeneratedRegex("haproxy|nginx", RegexOptions.IgnoreCase)]
    private static partial Regex Engine();
}
