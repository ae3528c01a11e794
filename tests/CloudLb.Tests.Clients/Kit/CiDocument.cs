using CloudLb.Tests.Clients.Documents;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Kit;

/// <summary>docs/ci.md: its blocks by language, and a machine that runs them as a CI system does.</summary>
internal static class CiDocument
{
    /// <summary>A step that installs packages is for whoever has a machine of his own.</summary>
    private const string Installs = "apt-get";

    private const string Runner = """
        cd "$1"
        code=0
        for step in steps/*; do
            if [ -f path ]; then PATH="$(tr '\n' ':' <path)$PATH"; rm path; fi
            bash -eo pipefail "$step" || { code=$?; printf 'FAILED: %s\n' "$step"; cat "$step" *.log; break; }
        done
        trap : TERM
        kill -TERM -- -$$
        exit $code
        """;

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", ".."));

    /// <summary>The blocks of a language, in order, as they stand.</summary>
    public static IReadOnlyList<string> Blocks(string language) =>
        [.. CommandBlock.All(Path.Combine(Repository, "docs", "ci.md"))
            .Where(block => block.Language == language)
            .Select(block => block.Text)];

    /// <summary>
    /// Runs the steps one after the other, each in a shell of its own, in an empty directory that is the home of whoever runs them; what
    /// they leave running is ended.
    /// </summary>
    /// <param name="steps">Shell scripts.</param>
    /// <param name="environment">
    /// What they find set, besides <c>cloudlb</c> on the path unless <paramref name="tarball"/> brings it.
    /// </param>
    /// <param name="tarball">What is to be installed; null where it is there.</param>
    /// <param name="files">What the directory holds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task RunAsync(
        IEnumerable<string> steps, IEnumerable<(string Name, string Value)> environment, string? tarball,
        IEnumerable<(string Name, string Text)> files,
        CancellationToken cancellationToken)
    {
        Installed.HAProxyOrSkip();
        var directory = Directory.CreateTempSubdirectory("clb-ci-").FullName;
        Directory.CreateDirectory(Path.Combine(directory, "steps"));
        foreach (var (index, step) in steps.Where(step => !step.Contains(Installs, StringComparison.Ordinal)).Index())
        {
            await File.WriteAllTextAsync(Path.Combine(directory, "steps", $"{index}.sh"), step, cancellationToken);
        }

        foreach (var (name, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, name), text, cancellationToken);
        }

        var path = $"/usr/bin:{Environment.GetEnvironmentVariable("PATH")}";
        var all = EphemeralServer.Environment.Concat(
        [
            new("HOME", directory), new("GITHUB_PATH", Path.Combine(directory, "path")),
            new("PATH", tarball is null ? $"{Path.GetDirectoryName(CloudLbProcess.Executable)}:{path}" : path),
            new("CLOUDLB_TARBALL", tarball is null ? null : $"file://{tarball}"),
            .. environment.Select(each => KeyValuePair.Create(each.Name, (string?)each.Value)),
        ]);
        var run = await ChildProcess.RunAsync("setsid", ["bash", "-c", Runner, "-", directory], all, cancellationToken);
        Assert.True(run.ExitCode == 0, $"{run.Output}\n{run.Error}");
        Directory.Delete(directory, recursive: true);
    }
}
