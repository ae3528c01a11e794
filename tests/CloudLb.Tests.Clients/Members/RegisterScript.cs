using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Members;

/// <summary><c>clb-register</c> as it is shipped, with a settings file in a directory of its own.</summary>
internal sealed class RegisterScript : IDisposable
{
    private const string Settings = "member.conf";

    private readonly string[] _shell;

    /// <param name="shell">What runs it: <c>dash</c>, <c>busybox sh</c>, <c>bash</c>.</param>
    /// <param name="settings">What its settings file says.</param>
    public RegisterScript(string shell, IReadOnlyDictionary<string, string> settings)
    {
        _shell = shell.Split(' ');
        var file = $"/bin/{_shell[0]}";
        Installed.OrSkip(File.Exists(file), $"{file} is not installed (apt install {_shell[0]}).");
        Directory = System.IO.Directory.CreateTempSubdirectory("clb-").FullName;
        File.WriteAllLines(Path.Combine(Directory, Settings), settings.Select(setting => $"{setting.Key}={setting.Value}"));
        File.SetUnixFileMode(Path.Combine(Directory, Settings), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public static string Source { get; } = Path.GetFullPath(
        Path.Combine(SourceFolder.Path, "..", "..", "deploy", "members", "clb-register"));

    /// <summary>Where it runs: what a value had it write would stand there.</summary>
    public string Directory { get; }

    public IEnumerable<string> Command(params IEnumerable<string> arguments) =>
        [.. _shell, Source, "--settings", Path.Combine(Directory, Settings), .. arguments];

    public Task<ChildProcess.Result> RunAsync(params IEnumerable<string> arguments) => RunAsync([], arguments);

    public Task<ChildProcess.Result> RunAsync(
        IEnumerable<KeyValuePair<string, string?>> environment, params IEnumerable<string> arguments) =>
        ChildProcess.RunAsync(
            "env", ["-C", Directory, .. Command(arguments)], environment, TestContext.Current.CancellationToken);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
