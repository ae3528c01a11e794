using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core;

namespace CloudLb.Bench.Processes;

/// <summary>What HAProxy has counted of requests, and what CloudLb has of them in its access logs.</summary>
internal static class LoggedLines
{
    /// <summary>
    /// From instances, and while none is in service. A client that leaves in the middle of a request is counted with a 400, and has no line
    /// where it said nothing.
    /// </summary>
    private static readonly string[] Answers = ["hrsp_2xx", "hrsp_5xx"];

    /// <summary>The requests to a load balancer's listeners that were answered, by the only process that has served them.</summary>
    public static async Task<long> RequestsAsync(CloudLbProcess server, string name, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var path = Path.Combine(
            SocketDirectory.For(Path.Combine(server.DataDirectory, "haproxy")),
            string.Create(CultureInfo.InvariantCulture, $"1.{server.Generation()}.sock"));
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        await socket.SendAsync("show stat -1 1 -1\n"u8.ToArray(), cancellationToken);
        using var answer = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
        var lines = (await answer.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int[] columns = [.. Answers.Select(name => lines[0].Split(',').IndexOf(name))];
        return lines.Select(line => line.Split(','))
            .Where(fields => fields[0].Contains($":{name}:", StringComparison.Ordinal))
            .Sum(fields => columns.Sum(column => long.Parse(fields[column], CultureInfo.InvariantCulture)));
    }

    /// <summary>The lines that are in objects, and those that wait to be.</summary>
    /// <remarks>While an object is made of what waits, some may be counted twice or not at all; a moment later they are not.</remarks>
    public static long Count(CloudLbProcess server) =>
        Of(Path.Combine(server.DataDirectory, "access-log-spool"), "*.spool", headers: 1)
            + Of(Path.Combine(server.DataDirectory, "access-logs"), "*.log", headers: 0);

    private static long Of(string directory, string pattern, int headers) => Directory.Exists(directory)
        ? Directory.EnumerateFiles(directory, pattern, SearchOption.AllDirectories).Sum(path => Math.Max(0, Lines(path) - headers))
        : 0;

    private static long Lines(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var chunk = new byte[1 << 20];
            var lines = 0L;
            for (int length; (length = file.Read(chunk)) > 0;)
            {
                lines += chunk.AsSpan(0, length).Count((byte)'\n');
            }

            return lines;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
