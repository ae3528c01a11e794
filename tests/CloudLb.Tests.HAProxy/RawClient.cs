using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>A client to the byte.</summary>
internal static class RawClient
{
    /// <summary>Sends this on a connection of its own and returns everything that comes until the load balancer closes it.</summary>
    /// <param name="loadBalancer">Who is asked.</param>
    /// <param name="parts">Of the request, each sent by itself and a moment after the one before.</param>
    public static Task<string> AskAsync(PlannedLoadBalancer loadBalancer, params string[] parts) =>
        AskAtAsync(loadBalancer, Plans.Port, parts);

    /// <summary>The same at a port.</summary>
    public static async Task<string> AskAtAsync(PlannedLoadBalancer loadBalancer, int port, params string[] parts)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Eventually.Limit);
        using var socket = new Socket(loadBalancer.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(loadBalancer.Address, port, limit.Token);
        foreach (var (part, number) in parts.Select((part, number) => (part, number)))
        {
            // Nothing tells a client what has been read; were two parts read at once, the test would be another one of its kind.
            await Task.Delay(number == 0 ? 0 : Math.Max(1, 50 / parts.Length), limit.Token);
            await socket.SendAsync(Encoding.Latin1.GetBytes(part), limit.Token);
        }

        using var reader = new StreamReader(new NetworkStream(socket), Encoding.Latin1);
        return await reader.ReadToEndAsync(limit.Token);
    }

    /// <summary>A GET for the path, after whose answer the connection ends.</summary>
    /// <param name="loadBalancer">Who is asked.</param>
    /// <param name="headers">Lines of the head besides, each ended.</param>
    /// <param name="path">What is asked for.</param>
    public static Task<string> GetAsync(PlannedLoadBalancer loadBalancer, string headers = "", string path = "/") =>
        AskAsync(loadBalancer, $"GET {path} HTTP/1.1\r\nHost: web\r\nConnection: close\r\n{headers}\r\n");
}
