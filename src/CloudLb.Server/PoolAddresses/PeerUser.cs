using System.Net.Sockets;

namespace CloudLb.Server.PoolAddresses;

/// <summary>Who is at the other end of a local socket, as the system says it.</summary>
internal static class PeerUser
{
    private const int SocketLevel = 1, PeerCredentials = 17, UserOffset = 4, Length = 12;

    /// <summary>The number of the user that connected.</summary>
    public static uint Of(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[Length];
        return socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == Length
            ? BitConverter.ToUInt32(credentials[UserOffset..])
            : throw new SocketException((int)SocketError.AccessDenied);
    }
}
