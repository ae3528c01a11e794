using System.Net;
using System.Net.Sockets;

namespace CloudLb.Bench.Processes;

/// <summary>Sends each datagram back, on a thread of its own.</summary>
internal sealed class DatagramInstance : IAsyncDisposable
{
    /// <summary>How often it looks whether it is to end.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly Socket _socket;
    private readonly Task _answering;
    private volatile bool _isOver;

    public DatagramInstance(IPEndPoint place)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = (int)Glance.TotalMilliseconds,
        };
        _socket.Bind(place);
        _answering = Task.Factory.StartNew(Answer, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _answering;
        _socket.Dispose();
    }

    private void Answer()
    {
        var buffer = new byte[2048];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        while (!_isOver)
        {
            try
            {
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                _socket.SendTo(buffer.AsSpan(0, length), SocketFlags.None, from);
            }
            catch (SocketException)
            {
                // Nothing came, or whoever asked is gone.
            }
        }
    }
}
