using System.Diagnostics;
using System.Net;
using CloudLb.Cli.Control;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>The real <c>cloudlb serve</c> as a process of its own, on a data directory, a port and an address pool of its own.</summary>
internal sealed class CloudLbProcess : IAsyncDisposable
{
    public const string Account = "123456789012";
    public const string OtherAccount = "210987654321";
    public const string AccessKeyId = "AKIDEXAMPLE";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string OtherAccessKeyId = "AKIDOTHER";
    public const string Region = "us-east-1";

    private readonly Dictionary<string, string?> _settings;
    private readonly List<string> _output = [];
    private Process? _process;

    private CloudLbProcess(Dictionary<string, string?> settings, string dataDirectory, Uri url)
    {
        _settings = settings;
        DataDirectory = dataDirectory;
        Url = url;
    }

    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, "cloudlb");

    public string DataDirectory { get; }

    public Uri Url { get; }

    public string ControlSocketDirectory => DataDirectory;

    public static async Task<CloudLbProcess> StartAsync(CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("clb-").FullName;
        var url = new Uri($"http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}");
        var all = new Dictionary<string, string?>
        {
            ["CloudLb__DataDirectory"] = directory,
            ["CloudLb__Url"] = url.ToString().TrimEnd('/'),
            ["CloudLb__AddressPool"] = Ports.AddressPool(),
            ["CloudLb__AccessKeyId"] = AccessKeyId,
            ["CloudLb__SecretAccessKey"] = SecretAccessKey,
            ["CloudLb__AccessKeys__0__AccountId"] = OtherAccount,
            ["CloudLb__AccessKeys__0__AccessKeyId"] = OtherAccessKeyId,
            ["CloudLb__AccessKeys__0__SecretAccessKey"] = SecretAccessKey,
        };
        foreach (var (name, value) in settings)
        {
            all[$"CloudLb__{name.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        var server = new CloudLbProcess(all, directory, url);
        await server.StartAgainAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts the server on the data directory it had, and waits until it says that it is ready.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Executable, ["serve"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _settings)
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
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
    }

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

    /// <summary>Ends the server as a power cut would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Ends the server as Ctrl-C does; returns its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process!.Id}"]);
        await _process.WaitForExitAsync(cancellationToken);
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

    public Task<ChildProcess.Result> CommandAsync(CancellationToken cancellationToken, params string[] arguments) =>
        ChildProcess.RunAsync(Executable, arguments, _settings, cancellationToken);

    /// <summary>The address that a load balancer's listeners are bound to.</summary>
    public async Task<string> AddressAsync(string name, CancellationToken cancellationToken)
    {
        using var control = new ControlClient(Path.Combine(DataDirectory, "control.sock"));
        return (await control.GetLoadBalancersAsync(cancellationToken)).Single(status => status.Name == name && status.Account == Account).Address;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await StopAsync(CancellationToken.None);
        }

        _process?.Dispose();
        foreach (var id in HAProxyProcesses())
        {
            using var left = Process.GetProcessById(id);
            left.Kill();
        }

        Directory.Delete(DataDirectory, recursive: true);
    }

    private bool IsOurs(int id)
    {
        try
        {
            var command = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return Path.GetFileName(command[0]) == "haproxy" && command.Any(word => word.StartsWith(DataDirectory, StringComparison.Ordinal));
        }
        catch (IOException)
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
