using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using CloudLb.HAProxy.AccessLog;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Files;
using Microsoft.Extensions.Options;
using OsProcess = System.Diagnostics.Process;

namespace CloudLb.HAProxy.Executable;

/// <summary>The HAProxy executable.</summary>
internal sealed partial class HAProxyBinary(IOptions<HAProxyOptions> options, HAProxyDirectory directory, TimeProvider clock)
{
    private const string Install = "install it (Debian and Ubuntu: apt install haproxy) or set CloudLb:HAProxy:Path to where it is";

    private const string AllocatorSettings = "GLIBC_TUNABLES";

    // The C library's allocator gives memory at the end of its heap back to the system as soon as 128 KiB of it are free, which are two
    // buffers (GlobalSection.BufferSize), and takes it anew, page by page and emptied, for the next request: 0.3 calls and a
    // page fault a request of 64 connections, a quarter of what the kernel did for it (2.6.12). At rest a process has as much as before.
    private const string FewTrims = "glibc.malloc.trim_threshold=4194304";

    // Has it ask for huge pages (glibc 2.35 or newer): a process that starts spends up to a third of its time on page faults else. Each
    // process takes 3 to 4 MiB more with them (2.6.12, a full cell), so that many do without. Of such pages more is kept.
    private const string HugePages = "glibc.malloc.hugetlb=1:glibc.malloc.trim_threshold=8388608";
    private const int CellsWithHugePages = 16;

    private static readonly Version Oldest = new(2, 6);

    private volatile string? _path;

    // Replaced as a whole: cells that hand over at the same time ask for it together.
    private volatile Probed _probed = new(default, HAProxyCapabilities.None);

    /// <summary>What it can, as far as it has been asked: <see cref="ProbeAsync"/>.</summary>
    public HAProxyCapabilities Capabilities => _probed.Capabilities;

    /// <summary>
    /// Finds the executable and asks for its version; throws a <see cref="HAProxyException"/> when there is none, or one too old.
    /// </summary>
    public async Task<Version> CheckAsync(CancellationToken cancellationToken)
    {
        var (exitCode, text) = await RunAsync(["-v"], cancellationToken);
        var match = VersionLine().Match(text);
        if (exitCode != 0 || !match.Success)
        {
            throw new HAProxyException($"{_path} does not say that it is HAProxy: {text.Trim()}");
        }

        var version = Version.Parse(match.Groups[1].Value);
        if (version < Oldest)
        {
            throw new HAProxyException($"{_path} is HAProxy {version}, which is too old: {Oldest} or newer is needed; {Install}.");
        }

        await ProbeAsync(cancellationToken);
        return version;
    }

    /// <summary>Finds out what it can, unless it is the same file as before: an upgrade can come while CloudLb runs.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var path = _path ??= Find(options.Value.Path);
        if (!File.Exists(path))
        {
            return;
        }

        var written = File.GetLastWriteTimeUtc(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        if (written != _probed.Written)
        {
            var (exitCode, text) = await RunAsync(["-c", "-f", directory.ProbeFile], cancellationToken);
            _probed = new(written, HAProxyCapabilities.Read(exitCode, text));
        }
    }

    /// <summary>Runs it until it exits, which a process that goes to the background does as soon as it accepts connections.</summary>
    /// <returns>The exit code, and what it wrote.</returns>
    public Task<(int ExitCode, string Text)> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, NewLogFiles.None, cancellationToken);

    /// <inheritdoc cref="RunAsync(IReadOnlyList{string}, CancellationToken)"/>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="log">Files that it is to have open, at the descriptors that its configuration names.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(int ExitCode, string Text)> RunAsync(
        IReadOnlyList<string> arguments, NewLogFiles log, CancellationToken cancellationToken)
    {
        var path = _path ??= Find(options.Value.Path);
        var (program, all) = log.Opening(path, arguments);
        var start = new ProcessStartInfo(program, all)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        var environment = ChildEnvironment.Of([.. start.Environment], options.Value.GlobalText).ToList();
        start.Environment.Clear();
        environment.ForEach(start.Environment.Add);
        start.Environment.TryAdd(AllocatorSettings, directory.Numbers().Count() <= CellsWithHugePages ? HugePages : FewTrims);

        using var process = new OsProcess { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            _path = null;
            throw new HAProxyException($"HAProxy cannot be started: {exception.Message}; {Install}.", exception);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(_ => limit.Cancel(), null, options.Value.StartTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill();
            throw new HAProxyException($"HAProxy has not started within {options.Value.StartTimeout.TotalSeconds} s.", exception);
        }
    }

    private static string Find(string path)
    {
        if (path.Contains('/'))
        {
            return File.Exists(path) ? path : throw new HAProxyException($"There is no HAProxy at {path}; {Install}.");
        }

        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/usr/local/sbin"]);
        return directories.Select(directory => Path.Combine(directory, path)).FirstOrDefault(File.Exists)
            ?? throw new HAProxyException($"HAProxy was not found; {Install}.");
    }

    [GeneratedRegex(@"HA-?Proxy version (\d+\.\d+)")]
    private static partial Regex VersionLine();

    /// <param name="Written">When the executable was.</param>
    /// <param name="Capabilities">What it can.</param>
    private sealed record Probed(DateTime Written, HAProxyCapabilities Capabilities);
}
