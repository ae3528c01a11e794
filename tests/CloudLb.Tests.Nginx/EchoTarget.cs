using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.Nginx;

/// <summary>Answers each datagram with its own id and what it was sent.</summary>
internal sealed class EchoTarget : IAsyncDisposable
{
    public const int Port = 5300;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _answering;

    public EchoTarget(string id)
    {
        Id = id;
        _socket.Bind(new IPEndPoint(Address, Port));
        _answering = AnswerAsync();
    }

    public string Id { get; }

    public IPAddress Address { get; } = Loopback.Next();

    /// <summary>What has come in, and from where.</summary>
    public ConcurrentQueue<(string Text, IPEndPoint From)> Received { get; } = [];

    public PlannedMember Planned(DateTimeOffset? drainingUntil = null, int weight = 1) =>
        new() { Target = Id, Address = Address, Port = Port, Weight = weight, DrainingUntil = drainingUntil };

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _answering;
        _socket.Dispose();
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[65535];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stopping.Token);
                var text = Encoding.UTF8.GetString(buffer, 0, received.ReceivedBytes);
                Received.Enqueue((text, (IPEndPoint)received.RemoteEndPoint));
                await _socket.SendToAsync(Encoding.UTF8.GetBytes($"{Id} {text}"), received.RemoteEndPoint, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }
}
