using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>
/// Two machines beside this one, network namespaces with a cable to it each, whose way to anywhere leads over it; what the target's
/// sends to the client's is taken by this one, as docs/elbv2.md says.
/// </summary>
internal sealed class ClientAndTarget : IAsyncDisposable
{
    private const string Server = """
        import socket, sys
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("0.0.0.0", int(sys.argv[1])))
        listening.listen(64)
        print("here", flush=True)
        while True:
            connection, peer = listening.accept()
            try:
                connection.sendall(peer[0].encode())
            except OSError:
                pass
            connection.close()
        """;

    private const string Asking = """
        import socket, sys
        connection = socket.create_connection((sys.argv[1], int(sys.argv[2])), 5)
        connection.settimeout(5)
        print(connection.recv(100).decode(), end="")
        """;

    private readonly string _ofClient = $"cc{Environment.ProcessId}", _ofTarget = $"ct{Environment.ProcessId}";
    private readonly int _net = Environment.ProcessId % 200;
    private readonly List<Process> _running = [];

    private ClientAndTarget()
    {
    }

    /// <summary>What stood in the way of the cables; null when nothing did.</summary>
    public string? Fault { get; private set; }

    /// <summary>Two addresses of this machine, on the client's side.</summary>
    public string First => $"198.18.{_net}.1";

    public string Second => $"198.18.{_net}.3";

    public string Client => $"198.18.{_net}.2";

    /// <summary>This machine's address on the target's side.</summary>
    public string Gateway => $"198.19.{_net}.1";

    public string Target => $"198.19.{_net}.2";

    private string Table => $"{10_000 + _net}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ClientAndTarget> ConnectAsync()
    {
        var machines = new ClientAndTarget();
        if (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/unshare"))
        {
            machines.Fault = await machines.CableAsync(machines._ofClient, machines.First, machines.Client)
                ?? await machines.CableAsync(machines._ofTarget, machines.Gateway, machines.Target)
                ?? await RunAsync("ip", "address", "add", $"{machines.Second}/24", "dev", machines._ofClient)
                ?? await RunAsync("ip", "rule", "add", "iif", machines._ofTarget, "lookup", machines.Table)
                ?? await RunAsync("ip", "route", "add", "local", "default", "dev", "lo", "table", machines.Table);
        }
        else
        {
            machines.Fault = "this user may not.";
        }

        return machines;
    }

    /// <summary>Has the target tell everybody who connects which address it sees.</summary>
    public async Task ServeAsync(int port)
    {
        var serving = Process.Start(new ProcessStartInfo(
            "nsenter", [Inside(_running[1]), "python3", "-c", Server, $"{port}"]) { RedirectStandardOutput = true })!;
        _running.Add(serving);
        Assert.Equal("here", await serving.StandardOutput.ReadLineAsync(Token));
    }

    /// <summary>What the client is answered; nothing when it is not.</summary>
    public async Task<string> AskAsync(string address, int port) =>
        (await ChildProcess.RunAsync("nsenter", [Inside(_running[0]), "python3", "-c", Asking, address, $"{port}"], [], Token)).Output;

    public async ValueTask DisposeAsync()
    {
        await RunAsync("ip", "rule", "del", "iif", _ofTarget, "lookup", Table);
        await RunAsync("ip", "route", "flush", "table", Table);
        foreach (var cable in new[] { _ofClient, _ofTarget })
        {
            await RunAsync("ip", "link", "delete", cable);
        }

        foreach (var process in _running)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task<string?> CableAsync(string cable, string here, string there)
    {
        // In the new namespace it writes a line, and then holds it.
        var holder = Process.Start(
            new ProcessStartInfo("unshare", ["--net", "sh", "-c", "echo here; exec sleep infinity"]) { RedirectStandardOutput = true })!;
        _running.Add(holder);
        if (await holder.StandardOutput.ReadLineAsync(Token) != "here")
        {
            return "unshare has made no namespace.";
        }

        var inside = Inside(holder);
        return await RunAsync("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", $"{holder.Id}")
            ?? await RunAsync("ip", "address", "add", $"{here}/24", "dev", cable)
            ?? await RunAsync("ip", "link", "set", cable, "up")
            ?? await RunAsync("nsenter", inside, "ip", "address", "add", $"{there}/24", "dev", "eth0")
            ?? await RunAsync("nsenter", inside, "ip", "link", "set", "eth0", "up")
            ?? await RunAsync("nsenter", inside, "ip", "link", "set", "lo", "up")
            ?? await RunAsync("nsenter", inside, "ip", "route", "add", "default", "via", here);
    }

    private static string Inside(Process holder) => $"--net=/proc/{holder.Id}/ns/net";

    private static async Task<string?> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var result = await ChildProcess.RunAsync(program, arguments, [], CancellationToken.None);
        return result.ExitCode == 0 ? null : $"{program} {string.Join(' ', arguments)}: {result.Error}";
    }
}
