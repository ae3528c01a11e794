namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// The systemd unit that is shipped, and what stands in for systemd where none boots: <c>run_unit.py</c> applies the unit's own lines.
/// </summary>
internal static class ServiceUnit
{
    private const string Python = "/usr/bin/python3";

    private static readonly string[] Hidden = ["/root/", "/home/"];

    public static string Path { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(SourceFolder.Path, "..", "..", "deploy", "cloudlb.service"));

    /// <param name="dataDirectory">Stands for the unit's directory below <c>/var/lib</c>.</param>
    /// <param name="runtimeDirectory">Stands for the unit's directory below <c>/run</c>.</param>
    public static async Task<CloudLbProcess.Surroundings> AroundOrSkipAsync(
        string dataDirectory, string runtimeDirectory, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can start what a unit says.");
        Assert.SkipWhen(Hidden.Any(Installed.HAProxy.StartsWith), "The unit hides the directory of this HAProxy.");
        var mayMount = await ChildProcess.RunAsync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], [], cancellationToken);
        Assert.SkipUnless(mayMount.ExitCode == 0, "Root may not mount anything here, as in a container without privileges.");
        var seccomp = await ChildProcess.RunAsync(Python, ["-c", "import seccomp"], [], cancellationToken);
        Installed.OrSkip(seccomp.ExitCode == 0, "python3-seccomp is not installed (apt install python3-seccomp).");
        Installed.OrSkip(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed (apt install systemd).");
        return new()
        {
            DataDirectory = dataDirectory,
            Prefix =
            [
                Python, System.IO.Path.Combine(AppContext.BaseDirectory, "python", "run_unit.py"), Path, $"StateDirectory={dataDirectory}",
                $"RuntimeDirectory={runtimeDirectory}", "--",
            ],
        };
    }
}
