using System.Diagnostics;
using System.Globalization;
using System.Net;
using CloudLb.Cli.Control;
using CloudLb.Core;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>The real <c>cloudlb serve</c> as a process of its own, on a data directory, a port and an address pool of its own.</summary>
internal sealed class CloudLbProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string?> _settings;
    private readonly List<string> _output = [];
    private readonly Surroundings _surroundings;
    private Process? _process;

    private CloudLbProcess(Dictionary<string, string?> settings, string dataDirectory, Uri url, Surroundings surroundings)
    {
        _surroundings = surroundings;
        _settings = settings;
        DataDirectory = dataDirectory;
        Url = url;
    }

    public static string Executable { get; } =
        Environment.GetEnvironmentVariable("CLOUDLB_TEST_SERVER") ?? Path.Combine(AppContext.BaseDirectory, "cloudlb");

    public string DataDirectory { get; }

    public Uri Url { get; }

    /// <summary>MiB of memory that the server's process has now.</summary>
    public long ResidentMebibytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64 / (1024 * 1024);
        }
    }

    /// <summary>What it is started with, as environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    public int ProcessId => _process!.Id;

    /// <summary>A setting for the next start.</summary>
    /// <param name="name">Below <c>CloudLb:</c>.</param>
    /// <param name="value">The new value.</param>
    public void Set(string name, string value) => _settings[VariableOf(name)] = value;

    /// <summary>Everything the server has printed, over all its starts.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <param name="settings">Names below <c>CloudLb:</c>.</param>
    public static Task<CloudLbProcess> StartAsync(
        CancellationToken cancellationToken, params IReadOnlyList<(string Name, string Value)> settings) =>
        StartAsync(new Surroundings(), cancellationToken, settings);

    /// <param name="surroundings">What is out of the ordinary around the process.</param>
    /// <param name="settings">Names below <c>CloudLb:</c>.</param>
    public static async Task<CloudLbProcess> StartAsync(
        Surroundings surroundings, CancellationToken cancellationToken, params IReadOnlyList<(string Name, string Value)> settings)
    {
        Installed.HAProxyOrSkip();
        var directory = surroundings.DataDirectory ?? Directory.CreateTempSubdirectory("clb-").FullName;
        var url = new Uri($"http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}");
        var all = new Dictionary<string, string?>
        {
            ["CloudLb__DataDirectory"] = directory,
            ["CloudLb__Url"] = url.ToString().TrimEnd('/'),
            ["CloudLb__AddressPool"] = $"{Ports.Network()}.0/24",
            ["CloudLb__HAProxy__Path"] = Installed.HAProxy,
            ["CloudLb__AccessKeyId"] = Account.First.AccessKeyId,
            ["CloudLb__SecretAccessKey"] = Account.First.SecretAccessKey,
            ["CloudLb__AccessKeys__0__AccountId"] = Account.Second.Id,
            ["CloudLb__AccessKeys__0__AccessKeyId"] = Account.Second.AccessKeyId,
            ["CloudLb__AccessKeys__0__SecretAccessKey"] = Account.Second.SecretAccessKey,

            // Ports 80 and 443 of this machine are nobody's but of the tests that are about them.
            ["CloudLb__SharedAddress__Enabled"] = "false",

            // There are two accounts, and the instances of most tests listen on this machine alone.
            ["CloudLb__Targets__Allowed"] = "0.0.0.0/0,::/0,127.0.0.0/8,::1/128",
        };
        foreach (var (name, value) in settings)
        {
            all[VariableOf(name)] = value;
        }

        var server = new CloudLbProcess(all, directory, url, surroundings);
        try
        {
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server on the data directory it had, and waits until it says that it is ready.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _process?.Dispose();
        string[] command = [.. _surroundings.Prefix, Executable, "serve", .. _surroundings.Arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = DataDirectory,
        };
        foreach (var (name, value) in _settings.Concat(_surroundings.Environment))
        {
            start.Environment[name] = value;
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) =>
        {
            Keep(line.Data);
            if (line.Data?.StartsWith("CloudLb is ready", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"cloudlb ended before it was ready:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ready.Task.WaitAsync(StartPatience, cancellationToken);
    }

    /// <summary>Starts the server on the data directory it had and tells it to end a while later, ready or not.</summary>
    public Task<ChildProcess.Result> StartAndEndAsync(TimeSpan after, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(
            "timeout",
            ["--preserve-status", "--signal=TERM", after.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture), Executable, "serve"],
            _settings, cancellationToken);

    /// <summary>Ends the server as a power cut would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Ends the server as Ctrl-C does, or by another signal; returns its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken, string signal = "INT")
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(StopPatience, cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>The processes of HAProxy that belong to this server, by the data directory in their command line.</summary>
    public IReadOnlyList<int> HAProxyProcesses() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => Path.GetFileName(path))
            .Where(name => name.All(char.IsAsciiDigit))
            .Select(int.Parse)
            .Where(IsOurs),
    ];

    public static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Runs another command of the executable with the server's settings: <c>env</c>, <c>describe</c> and so on.</summary>
    public Task<ChildProcess.Result> CommandAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        ChildProcess.RunAsync(Executable, arguments, _settings, cancellationToken);

    /// <summary>A load balancer of the first account as an operator sees it; null when there is none of the name.</summary>
    public async Task<LoadBalancerStatus?> StatusAsync(
        string name, CancellationToken cancellationToken, Account? account = null, string? region = null)
    {
        using var control = new ControlClient(Path.Combine(SocketDirectory.For(DataDirectory), "control.sock"));
        return (await control.GetLoadBalancersAsync(cancellationToken)).SingleOrDefault(
            status =>
                status.Name == name && status.Account == (account ?? Account.First).Id && status.Region == (region ?? Account.Region));
    }

    /// <summary>Where a load balancer's listener answers.</summary>
    public async Task<Uri> TrafficUrlAsync(string name, CancellationToken cancellationToken, int? port = null) =>
        new($"http://{(await StatusAsync(name, cancellationToken))!.Address}:{port ?? Ports.Http}/");

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_process is { HasExited: false })
            {
                await StopAsync(CancellationToken.None);
            }
        }
        finally
        {
            if (_process is { HasExited: false })
            {
                await KillAsync(CancellationToken.None);
            }

            _process?.Dispose();
            while (HAProxyProcesses() is { Count: > 0 } left)
            {
                left.ToList().ForEach(Kill);
                await Task.Delay(Wait.Pause);
            }

            CallRecord.Keep(DataDirectory);
            DeleteMemory();
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    /// <summary>What a process of CloudLb is started with besides its settings.</summary>
    public sealed record Surroundings
    {
        /// <summary>One of the system's temporary ones when absent.</summary>
        public string? DataDirectory { get; init; }

        /// <summary>A program, with its arguments, that becomes CloudLb.</summary>
        public IReadOnlyList<string> Prefix { get; init; } = [];

        /// <summary>Settings on the command line.</summary>
        public IReadOnlyList<string> Arguments { get; init; } = [];

        public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
    }

    /// <summary>What it has kept in memory, where its processes were left or it was killed.</summary>
    private void DeleteMemory()
    {
        var cells = Path.Combine(DataDirectory, "haproxy", "cells");
        foreach (var memory in (Directory.Exists(cells) ? Directory.EnumerateDirectories(cells) : [])
            .Select(MemoryDirectory.For)
            .OfType<string>()
            .ToList())
        {
            Directory.Delete(memory, recursive: true);
        }

        var shared = PrivateDirectory.NameIn(MemoryDirectory.Root ?? Path.GetTempPath(), Path.Combine(DataDirectory, "haproxy", "shared"));
        if (Directory.Exists(shared))
        {
            Directory.Delete(shared, recursive: true);
        }
    }

    private static string VariableOf(string setting) => $"CloudLb__{setting.Replace(":", "__", StringComparison.Ordinal)}";

    private bool IsOurs(int id)
    {
        try
        {
            var command = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return Path.GetFileName(command[0]) == "haproxy"
                && command.Any(word => word.StartsWith($"{DataDirectory}/", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }
}
