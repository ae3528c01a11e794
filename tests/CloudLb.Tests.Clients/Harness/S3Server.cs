using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>A store that speaks S3's protocol and checks signatures: s3rver, by the lock file in <c>node/</c>.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "access-logs";

    private readonly string _directory = Directory.CreateTempSubdirectory("clb-s3-").FullName;
    private Process? _process;

    private S3Server() => Port = Ports.Free(IPAddress.Loopback);

    public int Port { get; }

    /// <summary>The settings that lead CloudLb here.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings =>
    [
        ("AccessLogs:Store", "S3"), ("AccessLogs:S3:ServiceUrl", $"http://127.0.0.1:{Port}"), ("AccessLogs:S3:AccessKeyId", "S3RVER"),
        ("AccessLogs:S3:SecretAccessKey", "S3RVER"), ("AccessLogs:S3:ForcePathStyle", "true"),
    ];

    /// <summary>Every object's content by its key.</summary>
    public IReadOnlyDictionary<string, string> Objects
    {
        get
        {
            const string Ending = "._S3rver_object";
            var root = Path.Combine(_directory, Bucket);
            return Directory.EnumerateFiles(root, $"*{Ending}", SearchOption.AllDirectories)
                .ToDictionary(path => Path.GetRelativePath(root, path)[..^Ending.Length], File.ReadAllText);
        }
    }

    public static async Task<S3Server> StartAsync(CancellationToken cancellationToken)
    {
        Installed.OrSkip(File.Exists(Script), "The Node packages are not installed (npm ci in tests/CloudLb.Tests.Clients/node).");
        var server = new S3Server();
        await server.StartAgainAsync(cancellationToken);
        return server;
    }

    private static string Script => Path.Combine(SourceFolder.Path, "node", "node_modules", "s3rver", "bin", "s3rver.js");

    /// <summary>On the port and the directory that it had.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _process = Process.Start(
            new ProcessStartInfo("node", [Script, "-d", _directory, "-a", "127.0.0.1", "-p", $"{Port}", "-s", "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        await Wait.ForAsync(IsAnsweringAsync, answers => answers, cancellationToken);
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> IsAnsweringAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
