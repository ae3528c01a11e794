using CloudLb.Tools.Running;

namespace CloudLb.Tools.Calling;

/// <summary>
/// Euca2ools' configuration files: sections <c>[region NAME]</c>, <c>[user NAME]</c> and <c>[global]</c>. A later file wins over an
/// earlier.
/// </summary>
internal sealed class EucaConfiguration
{
    public const string PathVariable = "EUCA_CONFIG_PATH";

    private const string SystemFolder = "/etc/euca2ools";

    private readonly Dictionary<(string Section, string Name), string> _values = [];

    private EucaConfiguration()
    {
    }

    public static EucaConfiguration Read(Surroundings surroundings)
    {
        var configuration = new EucaConfiguration();
        foreach (var file in Files(surroundings))
        {
            configuration.Add(file);
        }

        return configuration;
    }

    public string? Find(string section, string name) => _values.GetValueOrDefault((section, name));

    private static IEnumerable<string> Files(Surroundings surroundings)
    {
        if (surroundings.Find(PathVariable) is { } path)
        {
            return path.Split(':', StringSplitOptions.RemoveEmptyEntries).SelectMany(Matching);
        }

        IEnumerable<string> system = [.. Matching($"{SystemFolder}/euca2ools.ini"), .. Matching($"{SystemFolder}/conf.d/*.ini")];
        return surroundings.Find("HOME") is { } home ? system.Concat(Matching(Path.Combine(home, ".euca", "*.ini"))) : system;
    }

    /// <summary>Wildcards stand in the last part.</summary>
    private static IEnumerable<string> Matching(string pattern)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(pattern));
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal) : [];
    }

    private void Add(string file)
    {
        try
        {
            var section = "";
            foreach (var line in File.ReadLines(file)
                .Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
            {
                var equals = line.IndexOf('=', StringComparison.Ordinal);
                if (line is ['[', .., ']'])
                {
                    section = line[1..^1].Trim();
                }
                else if (equals > 0)
                {
                    _values[(section, line[..equals].Trim())] = line[(equals + 1)..].Trim();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(Fault.BadCredentials, $"the configuration file cannot be read: {exception.Message}", exception);
        }
    }
}
