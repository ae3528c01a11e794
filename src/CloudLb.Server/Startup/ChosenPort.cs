using System.Net;
using System.Net.Sockets;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Startup;

/// <summary>
/// A free port of the system's choice, for a URL whose port is 0. It is taken before anything is made, so that whoever needs the port knows
/// the real one, and held until the server listens at it.
/// </summary>
internal sealed class ChosenPort : IDisposable
{
    private readonly Socket _socket;

    private ChosenPort(Socket socket) => _socket = socket;

    /// <summary>The bound socket, which the server listens at.</summary>
    public ulong Handle => (ulong)_socket.Handle;

    /// <summary>Takes a port and writes it into the URL of <paramref name="settings"/>; null when the URL names one.</summary>
    public static ChosenPort? Take(CloudLbSettings settings)
    {
        var url = settings.Url;
        if (url.Port != 0)
        {
            return null;
        }

        // Two addresses have no free port in common that one could be sure of, so localhost is the IPv4 one here.
        var address = url.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(url.DnsSafeHost);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            settings.Server.Url = $"{url.Scheme}://{url.Host}:{((IPEndPoint)socket.LocalEndPoint!).Port}";
            return new(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _socket.Dispose();
}
