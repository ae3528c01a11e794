namespace CloudLb.Tests.Clients.Members;

/// <summary>Programs in front of the real ones that write down what they are started with, before they become those.</summary>
internal sealed class WatchedPrograms : IDisposable
{
    private const string SeenName = "seen.txt";

    private readonly string _directory = Directory.CreateTempSubdirectory("clb-").FullName;

    public WatchedPrograms(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var real = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
                .Select(directory => System.IO.Path.Combine(directory, name)).First(File.Exists);
            var file = System.IO.Path.Combine(_directory, name);
            var log = System.IO.Path.Combine(_directory, SeenName);
            File.WriteAllText(
                file,
                $$"""
                #!/bin/sh
                { printf '%s\n' {{name}} "$@" && /usr/bin/tr '\0' '\n' </proc/$$/environ; } >>{{log}}
                exec {{real}} "$@"

                """);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>These before all others.</summary>
    public string Path => $"{_directory}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Arguments and environments of all that were started.</summary>
    public string Seen => File.ReadAllText(System.IO.Path.Combine(_directory, SeenName));

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
