using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudLb.Bench.Processes;

/// <summary>
/// An HAProxy with one thread, under valgrind, which counts the instructions that it executes. Those of the kernel are not among them.
/// </summary>
internal static class CountedHAProxy
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private const int Connections = 4;
    private const int WarmUp = 50;
    private const int Counted = 250;

    /// <summary>How many instructions a request takes.</summary>
    /// <param name="configuration">For one thread.</param>
    /// <param name="listener">Where it listens. Its instances answer <c>ok</c>.</param>
    /// <param name="request">A request without a body.</param>
    public static async Task<double> CountAsync(
        Workplace workplace, string configuration, IPEndPoint listener, string request, CancellationToken cancellationToken)
    {
        var (path, counts) = (workplace.PathOf("counted.cfg"), workplace.PathOf("counted.out"));
        await File.WriteAllTextAsync(path, configuration.ReplaceLineEndings("\n") + "\n", cancellationToken);

        // What is logged goes to descriptors that the process inherits; .NET gives it none.
        string[] command =
        [
            "valgrind", "-q", "--tool=callgrind", $"--callgrind-out-file={counts}", HAProxyProcess.Executable(), "-V", "-db", "-f", path,
        ];
        await using var process = await ChildProcess.StartAsync(
            "/bin/sh", ["-c", "log=$1; shift; exec \"$@\" 3>>\"$log\" 4>>\"$log\"", "sh", workplace.PathOf("counted.log"), .. command], [],
            "Using ", cancellationToken);
        var clients = new List<TcpClient>();
        try
        {
            for (var index = 0; index < Connections; index++)
            {
                clients.Add(await ConnectAsync(listener, cancellationToken));
            }

            await AskAsync(clients, request, WarmUp, cancellationToken);
            await ControlAsync("-z", process.Id, cancellationToken);
            await AskAsync(clients, request, Counted, cancellationToken);
            await ControlAsync("-d", process.Id, cancellationToken);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        const string Total = "totals: ";
        var total = (
            await File.ReadAllLinesAsync($"{counts}.1", cancellationToken)).Last(
                line => line.StartsWith(Total, StringComparison.Ordinal))[Total.Length..];
        File.Delete($"{counts}.1");
        return double.Parse(total, CultureInfo.InvariantCulture) / (Counted * Connections);
    }

    /// <summary>Under valgrind, what says that it is ready comes well before the listeners are open.</summary>
    private static async Task<TcpClient> ConnectAsync(IPEndPoint listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(listener, cancellationToken);
                return client;
            }
            catch (SocketException)
            {
                client.Dispose();
                await Task.Delay(Glance, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Each connection asks once, then each waits for its answer.</summary>
    private static async Task AskAsync(List<TcpClient> clients, string request, int times, CancellationToken cancellationToken)
    {
        var bytes = Encoding.ASCII.GetBytes(request);
        var room = new byte[4096];
        for (var time = 0; time < times; time++)
        {
            foreach (var client in clients)
            {
                await client.GetStream().WriteAsync(bytes, cancellationToken);
            }

            foreach (var client in clients)
            {
                var length = 0;
                while (!room.AsSpan(0, length).EndsWith("\r\n\r\nok"u8))
                {
                    var read = await client.GetStream().ReadAsync(room.AsMemory(length), cancellationToken);
                    length += read > 0
                        ? read
                        : throw new InvalidOperationException(
                            $"The connection was closed after: {Encoding.ASCII.GetString(room, 0, length)}");
                }
            }
        }
    }

    private static async Task ControlAsync(string option, int processId, CancellationToken cancellationToken)
    {
        using var control = Process.Start(
            new ProcessStartInfo(
                "callgrind_control", [
                    option, processId.ToString(
                        CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await control.WaitForExitAsync(cancellationToken);
        if (control.ExitCode != 0)
        {
            throw new InvalidOperationException($"callgrind_control {option} ended with code {control.ExitCode}.");
        }
    }
}
