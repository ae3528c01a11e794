using System.Diagnostics;
using System.Globalization;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Upgrade;

/// <summary>
/// What release 0.1 has left in its data directory when it was stopped in mode <c>Attach</c>, and the HAProxy that goes on: files that it
/// wrote itself (<c>Release01</c>), with the places of this machine put in. A load balancer <c>web</c> listens for HTTP at 8080, sticky by
/// its own cookie; another,
/// <c>mail</c>, for TCP at 9025; both have one instance, which is in service.
/// </summary>
internal sealed class EarlierRelease
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private EarlierRelease(string directory, string network, int processId) =>
        (DataDirectory, AddressPool, ProcessId, Web) = (directory, $"{network}.0/28", processId, new($"http://{network}.1:8080/"));

    public string DataDirectory { get; }

    public string AddressPool { get; }

    /// <summary>The HAProxy that it has started.</summary>
    public int ProcessId { get; }

    public Uri Web { get; }

    /// <summary>Puts the files in their places and starts HAProxy as that release did.</summary>
    public static async Task<EarlierRelease> LeaveAsync(Backend instance, CancellationToken cancellationToken)
    {
        Installed.HAProxyOrSkip();
        var (directory, network) = (Directory.CreateTempSubdirectory("clb-").FullName, Ports.Network());
        var source = Path.Combine(SourceFolder.Path, "Upgrade", "Release01");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var text = (await File.ReadAllTextAsync(file, cancellationToken))
                .Replace("{directory}", directory, StringComparison.Ordinal)
                .Replace("{network}", network, StringComparison.Ordinal)
                .Replace("{instance}", instance.Address, StringComparison.Ordinal)
                .Replace("{port}", instance.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            await WriteAsync(Path.Combine(directory, Path.GetRelativePath(source, file)), text, cancellationToken);
        }

        var dump = Path.Combine(directory, "database.sql");
        await SucceedAsync(
            "python3",
            [
                "-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())",
                Path.Combine(directory, "cloudlb.db"), dump,
            ],

            cancellationToken);
        File.Delete(dump);

        var cell = Path.Combine(directory, "haproxy", "cells", "1");
        var pid = Path.Combine(cell, "pid");
        await SucceedAsync(Installed.HAProxy, ["-D", "-p", pid, "-f", Path.Combine(cell, "haproxy.cfg")], cancellationToken);
        var processId = await File.ReadAllTextAsync(pid, cancellationToken);
        var applied = Path.Combine(cell, "applied.json");
        await File.WriteAllTextAsync(
            applied,
            (await File.ReadAllTextAsync(applied, cancellationToken)).Replace("{process}", processId.Trim(), StringComparison.Ordinal),
            cancellationToken);
        return new(directory, network, int.Parse(processId, CultureInfo.InvariantCulture));
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, ForOwner | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(path, text, cancellationToken);
        File.SetUnixFileMode(path, ForOwner);
    }

    private static async Task SucceedAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}");
    }
}
