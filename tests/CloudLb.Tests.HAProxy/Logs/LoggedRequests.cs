using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>A load balancer with an access log, what clients send to it, and what is logged.</summary>
internal static class LoggedRequests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static AccessLogReader Log(RunningDataPlane running) => new(running.AccessLog);

    public static (long Received, long Sent) Bytes(IEnumerable<AccessLogEntry> entries, string method, string target) =>
        entries
            .Where(entry => entry.Request!.Method == method && entry.Request.Target == target)
            .Select(entry => (entry.ReceivedBytes, entry.SentBytes))
            .Single();

    public static async Task<PlannedLoadBalancer> ServeAsync(RunningDataPlane running, PlannedLoadBalancer loadBalancer)
    {
        var logged = loadBalancer with { IsLogged = true };
        await running.ApplyAsync(logged);
        await running.IsPassingAsync(logged, [.. logged.Pools[0].Members.Select(member => member.Target)]);
        return logged;
    }

    /// <summary>Sends bytes, one for each character, and reads until the other side closes.</summary>
    public static async Task<string> SendAsync(IPAddress address, int port, string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, port, Token);
        return await SendAsync(client.GetStream(), bytes);
    }

    public static async Task<string> SendSecurelyAsync(IPAddress address, string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, Plans.Port, Token);
        await using var secure = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "a" }, Token);
        return await SendAsync(secure, bytes);
    }

    public static async Task<string> SendAsync(Stream stream, string bytes)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), Token);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, Token);
        }
        catch (IOException)
        {
            // Cut off; what came before counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>Requests with a target of its own each, on a connection of its own each.</summary>
    public static async Task<int> SendUntilAsync(IPAddress address, int port, int client, CancellationToken stop)
    {
        var sent = 0;
        while (!stop.IsCancellationRequested)
        {
            Assert.StartsWith(
                "HTTP/1.1 200", await SendAsync(address, port, $"GET /{client}/{sent} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
                StringComparison.Ordinal);
            sent++;
        }

        return sent;
    }
}
