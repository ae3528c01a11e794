using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudLb.Tests.Nginx;

/// <summary>A client with a port of its own: its datagrams to a listener are one flow.</summary>
internal sealed class DatagramClient : IDisposable
{
    // A datagram can be lost, and what is not answered within this is asked again by whoever waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private int _asked;

    public DatagramClient(IPAddress? from = null) => _socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public static IPEndPoint At(IPAddress address, int port = Plans.Port) => new(address, port);

    /// <summary>The id of the target that has answered a new question; null when none has.</summary>
    public async Task<string?> AskAsync(IPEndPoint listener)
    {
        var question = $"{Port}-{++_asked}";
        await _socket.SendToAsync(Encoding.UTF8.GetBytes(question), listener, TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var buffer = new byte[65535];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, listener, limit.Token);
                if (Encoding.UTF8.GetString(buffer, 0, received.ReceivedBytes).Split(' ') is [var id, var text] && text == question)
                {
                    return id;
                }
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>A new flow's answer.</summary>
    public static async Task<string?> AskOnceAsync(IPEndPoint listener)
    {
        using var client = new DatagramClient();
        return await client.AskAsync(listener);
    }

    public Task SendAsync(IPEndPoint listener, string text) =>
        _socket.SendToAsync(Encoding.UTF8.GetBytes(text), listener, TestContext.Current.CancellationToken).AsTask();

    public void Dispose() => _socket.Dispose();
}
