using System.Net;
using System.Net.Sockets;

namespace CloudLb.Nginx.Machine;

/// <summary>
/// Finds out whether datagrams can be taken at a place, before nginx tries, whose own sockets share a port with others without a word.
/// </summary>
internal static class BindTest
{
    /// <summary>Null when it can be bound; else a sentence that says why not and what to do.</summary>
    public static string? WhyNot(IPEndPoint place)
    {
        try
        {
            using var socket = new Socket(place.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(place);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"{place} (UDP) is already in use by another program; end it, or use another port.",
                SocketError.AddressNotAvailable =>
                    $"{place.Address} is not an address of this machine; add it to a network interface (ip address add).",
                SocketError.AccessDenied =>
                    $"CloudLb may not listen at {place}: ports below 1024 need root, the capability CAP_NET_BIND_SERVICE, " +
                    "or a lower net.ipv4.ip_unprivileged_port_start.",
                _ => $"{place} (UDP) cannot be listened at: {exception.Message}.",
            };
        }
    }
}
