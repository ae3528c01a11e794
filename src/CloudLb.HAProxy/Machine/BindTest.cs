using System.Net;
using System.Net.Sockets;

namespace CloudLb.HAProxy.Machine;

/// <summary>
/// Finds out whether a listener could be bound, before HAProxy tries: a plain socket gets a plain answer, and one listener's bad luck costs
/// the others nothing. HAProxy's own sockets share their ports with other HAProxies of the same user without a word; this one does not.
/// </summary>
internal static class BindTest
{
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;

    /// <summary>Null when it can be bound; else a sentence that says why not and what to do.</summary>
    public static string? WhyNot(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

            // .NET's own option of this name sets SO_REUSEPORT as well.
            socket.SetRawSocketOption(SocketLevel, ReuseAddress, BitConverter.GetBytes(1));
            socket.Bind(new IPEndPoint(address, port));
            return null;
        }
        catch (SocketException exception)
        {
            var endpoint = new IPEndPoint(address, port);
            return exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"{endpoint} is already in use by another program; end it, or use another port.",
                SocketError.AddressNotAvailable =>
                    $"{address} is not an address of this machine; add it to a network interface (ip address add).",
                SocketError.AccessDenied =>
                    $"CloudLb may not listen at {endpoint}: ports below 1024 need root, the capability CAP_NET_BIND_SERVICE, " +
                    "or a lower net.ipv4.ip_unprivileged_port_start.",
                _ => $"{endpoint} cannot be listened at: {exception.Message}.",
            };
        }
    }
}
