using System.Net.Sockets;
using System.Text;
using CloudLb.Core;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>What the processes of a CloudLb really run, asked of themselves.</summary>
internal static class RunningHAProxy
{
    /// <summary>The frontend that each process has beside those of load balancers.</summary>
    public const string TakesWhatIsPassedOn = "passed_on";

    private const int Status = 17;

    /// <summary>
    /// Listeners as <c>account:region:name:port</c>, and members as <c>account:region:name/instance</c>, of whichever pool.
    /// </summary>
    public static async Task<(SortedSet<string> Listeners, SortedSet<string> Members)> ReadAsync(
        CloudLbProcess server, CancellationToken cancellationToken)
    {
        var (listeners, members) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var socket in NewestSockets(server))
        {
            var lines = (await AskAsync(socket, "show stat", cancellationToken))
                .Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#')
                .ToList();

            // A listener that was removed at run time is paused, and its pools stay until the next hand-over.
            var live = lines.Select(line => line.Split(','))
                .Where(fields => fields[1] == "FRONTEND" && fields[Status] == "OPEN" && fields[0] != TakesWhatIsPassedOn)
                .Select(fields => fields[0])
                .ToList();
            listeners.UnionWith(live);
            var names = live.Select(WithoutPort).ToHashSet();
            members.UnionWith(lines.Select(line => line.Split(','))
                .Where(
                    fields =>
                        fields[1] is not ("FRONTEND" or "BACKEND")
                            && fields[0].Contains(':')
                            && names.Contains(WithoutPort(fields[0]))
                            && !fields[Status].StartsWith("MAINT", StringComparison.Ordinal))
                .Select(fields => $"{WithoutPort(fields[0])}/{fields[1]}"));
        }

        return (listeners, members);
    }

    private static string WithoutPort(string proxy) => proxy[..proxy.LastIndexOf(':')];

    private static IEnumerable<string> NewestSockets(CloudLbProcess server) =>
        Directory.EnumerateFiles(SocketDirectory.For(Path.Combine(server.DataDirectory, "haproxy")), "*.*.sock")
            .Select(path => (Path: path, Parts: Path.GetFileName(path).Split('.')))
            .Where(socket => socket.Parts.Length == 3)
            .GroupBy(socket => socket.Parts[0])
            .Select(cell => cell.MaxBy(socket => int.Parse(socket.Parts[1])).Path);

    private static async Task<string> AskAsync(string path, string command, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"{command}\n"), cancellationToken);
            using var reader = new StreamReader(new NetworkStream(socket));
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            // Nothing runs there, or no more.
            return "";
        }
    }
}
