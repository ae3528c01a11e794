using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace CloudLb.Core.Addresses;

/// <summary>Asks the kernel itself where somebody listens for TCP connections (sock_diag(7)).</summary>
/// <remarks>
/// It looks through those who listen alone. Its list in /proc/net goes on from them through the table of all connections, however few
/// there are, until the reader's buffer is full: 3.4 ms of processor time for the 262,144 places that a machine with 23 GiB has, where this
/// takes 0.07 ms (Linux 6.x).
/// </remarks>
internal static class ListenQuery
{
    // Of linux/netlink.h, linux/sock_diag.h, linux/inet_diag.h and net/tcp_states.h.
    private const int NetlinkFamily = 16, RawAndCloseOnExec = 0x80003, SocketDiagnosis = 4;
    private const ushort ByFamily = 20, RequestAll = 0x301, Failed = 2, Done = 3;
    private const byte Inet = 2, Inet6 = 10, Tcp = 6;
    private const uint InListen = 1 << 10;

    private const int HeaderLength = 16, RequestLength = HeaderLength + 56;
    private const int TypeOffset = 4, FlagsOffset = 6, ProtocolOffset = 1, StatesOffset = 4, PortOffset = 4, AddressOffset = 8;

    // The kernel sends 32 KiB at once at most.
    private const int ReceiveLength = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Addresses and ports; null where the kernel does not answer, as where its module is missing or forbidden.</summary>
    public static IReadOnlyList<IPEndPoint>? Ask()
    {
        try
        {
            using var socket = Open();
            var found = new List<IPEndPoint>();
            return socket is not null && Read(socket, Inet, found) && Read(socket, Inet6, found) ? found : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static Socket? Open()
    {
        var handle = new SafeSocketHandle(OpenSocket(NetlinkFamily, RawAndCloseOnExec, SocketDiagnosis), ownsHandle: true);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            return null;
        }

        return new(handle) { ReceiveTimeout = (int)Patience.TotalMilliseconds };
    }

    /// <returns>Whether all were told.</returns>
    private static bool Read(Socket socket, byte family, List<IPEndPoint> found)
    {
        Span<byte> request = stackalloc byte[RequestLength];
        request.Clear();
        MemoryMarshal.Write(request, RequestLength);
        MemoryMarshal.Write(request[TypeOffset..], ByFamily);
        MemoryMarshal.Write(request[FlagsOffset..], RequestAll);
        var asked = request[HeaderLength..];
        (asked[0], asked[ProtocolOffset]) = (family, Tcp);
        MemoryMarshal.Write(asked[StatesOffset..], InListen);
        socket.Send(request);

        var buffer = new byte[ReceiveLength];
        while (true)
        {
            ReadOnlySpan<byte> told = buffer.AsSpan(0, socket.Receive(buffer));
            if (told.IsEmpty)
            {
                return false;
            }

            while (told.Length >= HeaderLength)
            {
                var length = MemoryMarshal.Read<int>(told);
                if (length < HeaderLength || length > told.Length)
                {
                    return false;
                }

                var type = MemoryMarshal.Read<ushort>(told[TypeOffset..]);
                if (type is Done or Failed)
                {
                    return type == Done;
                }

                if (type == ByFamily && Parse(told[HeaderLength..length]) is { } place)
                {
                    found.Add(place);
                }

                // Each begins at a multiple of four.
                told = told[Math.Min(told.Length, (length + 3) & ~3)..];
            }

            if (!told.IsEmpty)
            {
                return false;
            }
        }
    }

    /// <summary>Null for what is none: an address has the length that its family has, of sixteen bytes.</summary>
    private static IPEndPoint? Parse(ReadOnlySpan<byte> content)
    {
        var length = content[0] switch { Inet => 4, Inet6 => 16, _ => 0 };
        return length > 0 && content.Length >= AddressOffset + 16
            ? new(
                new IPAddress(content.Slice(AddressOffset, length)), BinaryPrimitives.ReadUInt16BigEndian(content[PortOffset..]))
            : null;
    }

    [DllImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static extern nint OpenSocket(int family, int type, int protocol);
}
