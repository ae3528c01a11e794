using System.Net;
using System.Net.Sockets;

namespace CloudLb.Bench;

/// <summary>What the benchmarks share: the executable under test, and a directory that is gone afterwards.</summary>
internal sealed class Workplace : IDisposable
{
    /// <summary>
    /// A whole run takes about eighteen minutes, and one that logs ten million requests five more; one that hangs ends here.
    /// </summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(40);

    private int _network = Random.Shared.Next(100);

    private Workplace(string server, string directory)
    {
        Server = server;
        Directory = directory;
    }

    /// <summary>The executable <c>cloudlb</c>.</summary>
    public string Server { get; }

    /// <summary>Beside the executable, so on a disk and not in memory, where a commit would cost nothing. Private to the run.</summary>
    public string Directory { get; }

    public static Workplace Make(string server)
    {
        var path = Path.GetFullPath(server);
        var directory = Path.Combine(Path.GetDirectoryName(path)!, $"run-{Environment.ProcessId}");
        System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path, directory);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The first two numbers of a loopback network that no other part of the run uses: <c>127.117</c>.</summary>
    public string Network() => $"127.{100 + (Interlocked.Increment(ref _network) % 100)}";

    public string PathOf(string name) => Path.Combine(Directory, name);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
