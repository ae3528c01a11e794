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

    // IP_FREEBIND of SOL_IP, IPV6_FREEBIND of SOL_IPV6: an address need not be there.
    private static readonly (int Level, int Option) FreeBind = (0, 15), FreeBind6 = (41, 78);

    /// <summary>Whether the machine has not got the address.</summary>
    public static bool IsAbsent(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }

    /// <summary>What is said of such an address.</summary>
    public static string Absent(IPAddress address) =>
        $"{address} is not an address of this machine; add it to a network interface (ip address add).";

    /// <summary>Null when it can be bound; else a sentence that says why not and what to do.</summary>
    /// <param name="address">Where.</param>
    /// <param name="port">Where.</param>
    /// <param name="mayBeAbsent">Whether the machine may get the address later.</param>
    public static string? WhyNot(IPAddress address, int port, bool mayBeAbsent = false)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

            // .NET's own option of this name sets SO_REUSEPORT as well.
            socket.SetRawSocketOption(SocketLevel, ReuseAddress, BitConverter.GetBytes(1));
            if (mayBeAbsent)
            {
                var (level, option) = address.AddressFamily == AddressFamily.InterNetwork ? FreeBind : FreeBind6;
                socket.SetRawSocketOption(level, option, BitConverter.GetBytes(1));
            }

            socket.Bind(new IPEndPoint(address, port));
            return null;
        }
        catch (SocketException exception)
        {
            var endpoint = new IPEndPoint(address, port);
            return exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"{endpoint} is already in use by another program; end it, or use another port.",
                SocketError.AddressNotAvailable => Absent(address),
                SocketError.AccessDenied =>
                    $"CloudLb may not listen at {endpoint}: ports below 1024 need root, the capability CAP_NET_BIND_SERVICE, " +
                    "or a lower net.ipv4.ip_unprivileged_port_start.",
                _ => $"{endpoint} cannot be listened at: {exception.Message}.",
            };
        }
    }
}
