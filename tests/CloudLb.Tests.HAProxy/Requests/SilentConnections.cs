using System.Net;
using System.Net.Sockets;

namespace CloudLb.Tests.HAProxy;

/// <summary>Clients that connect, as many as they can, and say nothing.</summary>
internal sealed class SilentConnections : IDisposable
{
    private readonly List<Socket> _sockets = [];

    /// <summary>How many of them the other side has ended or refused.</summary>
    public int Ended => _sockets.Count(HasEnded);

    /// <summary>Returns at once: what is not accepted waits in the system's queue.</summary>
    public void Open(IPAddress source, IPEndPoint listener, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _sockets.Add(socket);
            socket.Bind(new IPEndPoint(source, 0));
            try
            {
                socket.Connect(listener);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // It goes on by itself.
            }
        }
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private static bool HasEnded(Socket socket)
    {
        try
        {
            // Whatever can be read of a listener that nobody has asked anything is its last word.
            return socket.Poll(0, SelectMode.SelectError) || socket.Poll(0, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
