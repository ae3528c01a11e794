using System.Diagnostics;
using System.Net;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// An emulator of AWS's services, moto's server, where a machine has it. <c>tests/run</c> does not install it: without it a test is
/// skipped.
/// </summary>
internal sealed class MotoServer : IAsyncDisposable
{
    private const string Program = "moto_server";

    private readonly Process _process;
    private readonly List<string> _output = [];

    private MotoServer(int port)
    {
        Url = new Uri($"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo(Program, ["-H", "127.0.0.1", "-p", $"{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Its own random ids come from its process; nothing of whoever runs the tests goes in.
        start.Environment["AWS_ACCESS_KEY_ID"] = "moto";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "moto";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    /// <summary>What it has printed: a line for each request, with method, target and status.</summary>
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

    public static async Task<MotoServer> StartAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, Program))),
            $"moto is not installed: there is no {Program} on the PATH (pip install 'moto[server]').");
        var server = new MotoServer(Ports.Free(IPAddress.Loopback));
        try
        {
            using var client = new HttpClient();
            await Wait.ForAsync(() => server.IsAnsweringAsync(client, cancellationToken), answer => answer == "yes", cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // A shim may stand before the server itself.
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<string> IsAnsweringAsync(HttpClient client, CancellationToken cancellationToken)
    {
        Assert.False(_process.HasExited, $"{Program} has ended: {Output}");
        try
        {
            using var response = await client.GetAsync(new Uri(Url, "/moto-api/"), cancellationToken);
            return "yes";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
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
