namespace CloudLb.Server.Settings;

/// <summary>
/// Where settings come from, the later winning: files beside the executable, of the machine, of the current directory and of the data
/// directory, the
/// environment, the command line. The server and all commands read the same.
/// </summary>
internal static class SettingSources
{
    private const string FileName = "appsettings.json";

    /// <summary>Of a service: what it and whoever administers it read, wherever they are.</summary>
    private const string OfTheMachine = "/etc/cloudlb";

    private static string Ephemeral => $"{ServerOptions.Section}:{nameof(ServerOptions.Ephemeral)}";

    private static string DataDirectory => $"{ServerOptions.Section}:{nameof(ServerOptions.DataDirectory)}";

    /// <summary>
    /// Throws <see cref="SettingsException"/> for a file that cannot be read; building throws <see cref="InvalidDataException"/> for one
    /// that is no JSON.
    /// </summary>
    /// <param name="arguments">Settings given on the command line, each as <c>--Name=value</c>.</param>
    public static IConfigurationBuilder Of(IReadOnlyList<string> arguments)
    {
        List<string> files = [.. Files(IsEphemeral(Build([], arguments).Build()) ? Everywhere.Where(IsOfNoService) : Everywhere)];
        var known = Build(files, arguments).Build();
        if (known[DataDirectory] is not { Length: > 0 } dataDirectory)
        {
            // What keeps nothing has no directory where somebody could have put settings.
            if (IsEphemeral(known))
            {
                return Build(files, arguments);
            }

            dataDirectory = new ServerOptions().DataDirectory;
        }

        foreach (var file in Files(dataDirectory).Except(files).ToList())
        {
            CheckReadable(file);
            if (new ConfigurationBuilder().AddJsonFile(file).Build()[DataDirectory] is not null)
            {
                throw new SettingsException([$"{file} names a {DataDirectory}, but is itself found by that setting; remove it there."]);
            }

            files.Add(file);
        }

        return Build(files, arguments);
    }

    /// <summary>The settings files that are read with a data directory.</summary>
    public static IEnumerable<string> FilesOf(string dataDirectory) => Files([.. Everywhere, dataDirectory]);

    private static IEnumerable<string> Everywhere => [AppContext.BaseDirectory, OfTheMachine, Directory.GetCurrentDirectory()];

    private static bool IsEphemeral(IConfiguration known) => bool.TryParse(known[Ephemeral], out var isEphemeral) && isEphemeral;

    /// <summary>A server for tests is not the machine's service, where there is one: it would have that one's directory and mode.</summary>
    private static bool IsOfNoService(string directory) => directory != OfTheMachine;

    private static IEnumerable<string> Files(params IEnumerable<string> directories) =>
        directories.Select(directory => Path.Combine(Path.GetFullPath(directory), FileName)).Distinct().Where(File.Exists);

    private static IConfigurationBuilder Build(IReadOnlyList<string> files, IReadOnlyList<string> arguments)
    {
        var builder = new ConfigurationBuilder();
        foreach (var file in files)
        {
            CheckReadable(file);
            builder.AddJsonFile(file);
        }

        return builder.AddEnvironmentVariables().AddCommandLine(CommandLineSettings.Qualify(arguments));
    }

    private static void CheckReadable(string file)
    {
        try
        {
            using var opened = File.OpenRead(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"The settings file cannot be read: {exception.Message}"]);
        }
    }
}
