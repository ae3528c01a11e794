using System.Net;
using System.Net.Sockets;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>Single requests, sockets that take a port, and the end of a process.</summary>
internal static class TestRequests
{
    public static readonly HttpClient Client = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(60) };

    public static void Kill(int processId) => NativeMethods.Signal(processId, NativeMethods.SignalKill);

    public static Socket Listen(IPAddress address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen();
        return socket;
    }

    public static Task<string> GetAsync(Uri url) => Client.GetStringAsync(url, TestContext.Current.CancellationToken);

    public static async Task<string?> TryGetAsync(Uri url)
    {
        try
        {
            using var response = await Client.GetAsync(url, TestContext.Current.CancellationToken);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
