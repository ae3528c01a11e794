namespace CloudLb.Server.Settings;

/// <summary>Finds settings that nothing reads: a misspelt name must not be silently without effect.</summary>
internal static class SettingNames
{
    public static IEnumerable<string> Unknown(IConfiguration configuration) =>
        SettingTree.SectionsIn(configuration).SelectMany(section => Unknown(configuration, section.Key, section.Value));

    private static IEnumerable<string> Unknown(IConfiguration configuration, string section, Type type)
    {
        var known = SettingTree.PropertiesOf(type).Select(SettingTree.NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return configuration.GetSection(section).GetChildren()
            .Where(child => !known.Contains(child.Key) && !IsSection(child.Path))
            .Select(child => $"{section}:{child.Key} is not a setting. {Nearest(child.Key, known)}" +
                $"Known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
    }

    private static bool IsSection(string name) =>
        SettingSections.All.Any(section => section.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The known name that was most likely meant, unless all of them are too far away.</summary>
    private static string Nearest(string name, IEnumerable<string> known)
    {
        var (nearest, distance) = known.Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .MinBy(candidate => candidate.Distance);
        return distance <= Math.Max(2, name.Length / 3) ? $"Did you mean {nearest}? " : "";
    }

    /// <summary>How many letters have to be added, removed or replaced to make the one of the other, capitals or not.</summary>
    private static int Distance(string one, string other)
    {
        var above = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var row = 1; row <= one.Length; row++)
        {
            var current = new int[other.Length + 1];
            current[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var replaced = above[column - 1]
                    + (char.ToLowerInvariant(one[row - 1]) == char.ToLowerInvariant(other[column - 1]) ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(above[column], current[column - 1]) + 1);
            }

            above = current;
        }

        return above[^1];
    }
}
