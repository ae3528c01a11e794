using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Packages;

/// <summary>
/// What <c>deploy/package</c> has made; <c>tests/run --packages</c> and a run on a machine for that make it first. A machine that cannot
/// have the runtime or a compiler can run every other test.
/// </summary>
internal static class BuiltPackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static string Directory { get; } = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "artifacts", "packages"));

    public static string OrSkip(string name)
    {
        var found = System.IO.Directory.Exists(Directory)
            ? System.IO.Directory.EnumerateFiles(Directory, $"{name}_*.deb").SingleOrDefault() : null;
        Assert.SkipUnless(found is not null, "The packages are not built (deploy/package).");
        return found!;
    }

    /// <summary>The same package as a later version.</summary>
    public static async Task LaterAsync(string package, string target, CancellationToken cancellationToken)
    {
        const string Repack = """
            set -e; work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
            dpkg-deb -R "$0" "$work/it"; sed -i 's,^\(Version: .*\),\1.later,' "$work/it/DEBIAN/control"
            dpkg-deb --root-owner-group -Znone -b "$work/it" "$1" >/dev/null
            """;
        var done = await ChildProcess.RunAsync("bash", ["-c", Repack, package, target], [], cancellationToken, Patience);
        Assert.True(done.ExitCode == 0, done.Error);
    }
}
