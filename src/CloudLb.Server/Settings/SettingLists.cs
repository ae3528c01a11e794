using System.Collections;

namespace CloudLb.Server.Settings;

/// <summary>
/// Lets every list of texts be given as one text, its parts split by commas or blanks, where an environment variable or a command line
/// gives it.
/// </summary>
internal static class SettingLists
{
    /// <summary>What has to be laid over the configuration so that such texts read as lists.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Expand(IConfiguration configuration)
    {
        foreach (var text in ListsIn(configuration).Where(candidate => candidate.Value is not null))
        {
            var parts = text.Value!.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var rows = Math.Max(parts.Length, text.GetChildren().Count());
            for (var index = 0; index < rows; index++)
            {
                yield return new($"{text.Path}:{index}", index < parts.Length ? parts[index] : null);
            }
        }
    }

    /// <summary>
    /// Removes the items that say nothing: what <see cref="Expand"/> has laid over longer lists, and what an empty variable gives.
    /// </summary>
    public static void RemoveEmpty(object options)
    {
        foreach (var value in SettingTree.PropertiesOf(options.GetType()).Select(property => property.GetValue(options)))
        {
            foreach (var list in value is IDictionary named ? named.Values.OfType<List<string>>() : value is List<string> one ? [one] : [])
            {
                list.RemoveAll(string.IsNullOrEmpty);
            }
        }

        foreach (var (_, part) in SettingTree.PartsOf("", options))
        {
            RemoveEmpty(part);
        }
    }

    private static IEnumerable<IConfigurationSection> ListsIn(IConfiguration configuration) =>
        SettingTree.SectionsIn(configuration).SelectMany(section => SettingTree.PropertiesOf(section.Value).SelectMany(property =>
        {
            var given = configuration.GetSection($"{section.Key}:{SettingTree.NameOf(property)}");
            return property.PropertyType == typeof(List<string>) ? [given]
                : property.PropertyType == typeof(Dictionary<string, List<string>>) ? given.GetChildren()
                : Enumerable.Empty<IConfigurationSection>();
        }));
}
