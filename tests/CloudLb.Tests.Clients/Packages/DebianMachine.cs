using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Packages;

/// <summary>
/// A clean Debian 12 of debootstrap's making, with processes of its own and this machine's network, in which a script stands in for
/// systemctl. The root is made once and kept below <c>artifacts</c>; each machine has a copy.
/// </summary>
internal sealed class DebianMachine : IAsyncDisposable
{
    private const string Tool = "/usr/sbin/debootstrap", Suite = "bookworm";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _init;
    private readonly int _first;

    private DebianMachine(string root, Process init, int first) => (Root, _init, _first) = (root, init, first);

    /// <summary>Where this machine sees the other's files.</summary>
    public string Root { get; }

    public static async Task<DebianMachine> StartOrSkipAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may make another root.");
        var mayUnshare = await ChildProcess.RunAsync(
            "unshare", ["--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], [], cancellationToken);
        Assert.SkipUnless(mayUnshare.ExitCode == 0, "Root may not mount anything here, as in a container without privileges.");
        var kept = await MakeOrSkipAsync(cancellationToken);
        var root = Directory.CreateTempSubdirectory("clb-debian-").FullName;
        await DoAsync("cp", ["-a", "--reflink=auto", $"{kept}/.", root], cancellationToken);
        File.Copy(Path.Combine(SourceFolder.Path, "Packages", "systemctl"), Path.Combine(root, "usr", "bin", "systemctl"));
        File.WriteAllText(Path.Combine(root, "usr", "sbin", "invoke-rc.d"), "#!/bin/sh\nexit 0\n");

        // The first process ends with this one, and all others with it; the shell waits for whoever is orphaned.
        const string Begin = """
            mount --bind "$0" "$0" && mount -t proc proc "$0/proc" && mount -t tmpfs -o mode=755 tmpfs "$0/run" &&
            mount --rbind /dev "$0/dev" && mkdir -p "$0/run/systemd/system" &&
            exec chroot "$0" sh -c 'echo ready; while :; do sleep 1; done'
            """;
        var init = Process.Start(new ProcessStartInfo(
            "unshare", ["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "sh", "-c", Begin, root])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", await init.StandardOutput.ReadLineAsync(cancellationToken));
        var children = await File.ReadAllTextAsync($"/proc/{init.Id}/task/{init.Id}/children", cancellationToken);
        return new(root, init, int.Parse(children.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Runs a line of shell in it, as root.</summary>
    public Task<ChildProcess.Result> RunAsync(string line, CancellationToken cancellationToken) => ChildProcess.RunAsync(
        "nsenter", ["--target", $"{_first}", "--mount", "--pid", "--root", "sh", "-c", $"cd / && {{ {line}; }}"],
        new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive", ["LC_ALL"] = "C.UTF-8", ["PATH"] = PathThere },
        cancellationToken, Patience);

    /// <summary>The same for a line that must succeed; returns what it has printed.</summary>
    public async Task<string> DoAsync(string line, CancellationToken cancellationToken)
    {
        var result = await RunAsync(line, cancellationToken);
        Assert.True(result.ExitCode == 0, $"{line}\nended with {result.ExitCode}:\n{result.Output}{result.Error}{Said}");
        return result.Output.TrimEnd('\n');
    }

    private const string PathThere = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>What the service has said.</summary>
    public string Said
    {
        get
        {
            var log = $"/proc/{_first}/root/run/stand-in/cloudlb.log";
            return File.Exists(log) ? File.ReadAllText(log) : "";
        }
    }

    public async ValueTask DisposeAsync()
    {
        _init.Kill();
        await _init.WaitForExitAsync();
        _init.Dispose();

        // Processes that have just been killed may still hold a file.
        await Wait.ForAsync(
            async () => (await ChildProcess.RunAsync("rm", ["-rf", "--one-file-system", Root], [], CancellationToken.None)).ExitCode,
            code => code == 0, CancellationToken.None);
    }

    /// <summary>The root that all machines are copies of, made where there is none yet.</summary>
    public static async Task<string> MakeOrSkipAsync(CancellationToken cancellationToken)
    {
        var kept = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "artifacts", $"debian-{Suite}"));
        if (Directory.Exists(kept))
        {
            return kept;
        }

        Installed.OrSkip(File.Exists(Tool), "debootstrap is not installed (apt install debootstrap).");

        var unfinished = $"{kept}.new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        var made = await ChildProcess.RunAsync(
            Tool, ["--variant=minbase", "--include=adduser,ca-certificates,haproxy,init-system-helpers,logrotate", Suite, unfinished], [],
            cancellationToken, Patience);
        Assert.SkipUnless(made.ExitCode == 0, $"debootstrap made no root: {made.Output.TrimEnd('\n').Split('\n')[^1]}");
        Directory.Move(unfinished, kept);
        return kept;
    }

    private static async Task DoAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var done = await ChildProcess.RunAsync(program, arguments, [], cancellationToken, Patience);
        Assert.True(done.ExitCode == 0, done.Error);
    }
}
