using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using CloudLb.Core.Traffic.Reconciliation;
using Microsoft.Extensions.Options;
using OsProcess = System.Diagnostics.Process;

namespace CloudLb.Nginx.Executable;

/// <summary>The nginx that is installed, if it is.</summary>
internal sealed partial class NginxBinary(IOptions<NginxOptions> options, TimeProvider clock) : IDatagramCarrier
{
    private const string Install = "install it (Debian and Ubuntu: apt install nginx libnginx-mod-stream)";

    // Of CloudLb's environment only what programs and libraries are found by: settings, secrets among them, are never handed on.
    private static readonly string[] Environment = ["PATH", "LD_LIBRARY_PATH", "TZ"];

    // Replaced as a whole.
    private volatile Found? _found;

    /// <inheritdoc/>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FindAsync(cancellationToken);
            return null;
        }
        catch (NginxException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Where it is and what it must load; throws a <see cref="NginxException"/> when it cannot carry datagrams.</summary>
    public async Task<Found> FindAsync(CancellationToken cancellationToken)
    {
        var path = PathOf(options.Value.Path) ?? throw new NginxException($"UDP is carried by nginx, which was not found; {Install}.");
        if (_found is { } known && known.Path == path && known.Written == File.GetLastWriteTimeUtc(path)
            && (known.Module is null || File.Exists(known.Module)))
        {
            return known;
        }

        var (_, text) = await RunAsync(path, ["-V"], "/", cancellationToken);
        if (!text.Contains("nginx version", StringComparison.Ordinal))
        {
            throw new NginxException($"{path} does not say that it is nginx; {Install}.");
        }

        var module = Dynamic().IsMatch(text) ? Path.Combine(ModulesPath().Match(text).Groups[1].Value, "ngx_stream_module.so") : null;
        if (module is null ? !BuiltIn().IsMatch(text) : !File.Exists(module))
        {
            throw new NginxException($"UDP is carried by nginx with its stream module, which {path} has not; {Install}.");
        }

        return _found = new(path, module, File.GetLastWriteTimeUtc(path));
    }

    /// <summary>Runs it until it exits, which one that goes to the background does as soon as it has its sockets.</summary>
    /// <returns>The exit code, and what it wrote.</returns>
    public async Task<(int ExitCode, string Text)> RunAsync(
        string path, IReadOnlyList<string> arguments, string directory, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = directory,
        };
        foreach (var name in start.Environment.Keys.Except(Environment).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = new OsProcess { StartInfo = start };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(_ => limit.Cancel(), null, options.Value.StartTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            process.Start();
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception exception)
        {
            throw new NginxException($"nginx cannot be started: {exception.Message}; {Install}.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill();
            throw new NginxException($"nginx has not started within {options.Value.StartTimeout.TotalSeconds} s.", exception);
        }
    }

    private static string? PathOf(string path) => path.Contains('/')
        ? File.Exists(path) ? path : null
        : (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/usr/local/sbin"])
            .Select(directory => Path.Combine(directory, path)).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"--with-stream=dynamic(?=\s|$)")]
    private static partial Regex Dynamic();

    [GeneratedRegex(@"--with-stream(?=\s|$)")]
    private static partial Regex BuiltIn();

    [GeneratedRegex(@"--modules-path=(\S+)")]
    private static partial Regex ModulesPath();

    /// <param name="Path">Of the executable.</param>
    /// <param name="Module">The stream module, which is loaded; null where it is built in.</param>
    /// <param name="Written">When the executable was.</param>
    public sealed record Found(string Path, string? Module, DateTime Written);
}
