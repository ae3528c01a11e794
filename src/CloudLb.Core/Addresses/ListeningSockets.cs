using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace CloudLb.Core.Addresses;

/// <summary>Where anybody on this machine listens for TCP connections.</summary>
/// <param name="clock">
/// What is read is believed for a second, so that load balancers that are made one after the other cost one look.
/// </param>
/// <param name="directory">
/// Where the system tells of its network. Absent: the kernel itself is asked, and where it does not answer /proc/net is read.
/// </param>
/// <remarks>
/// Linux lists the sockets that listen before all others (tcp_get_idx, 2.6 to 6.x), so that reading ends there, however many connections
/// there are: a thousand listeners are one millisecond.
/// </remarks>
public sealed class ListeningSockets(TimeProvider clock, string? directory = null)
{
    private const string SystemDirectory = "/proc/net";
    private const string Listening = "0A";
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private IReadOnlyList<IPEndPoint> _known = [];
    private long? _read;

    /// <summary>Addresses and ports; none where the system does not tell.</summary>
    public IReadOnlyList<IPEndPoint> Read()
    {
        lock (_lock)
        {
            if (_read is not { } read || clock.GetElapsedTime(read) > Age)
            {
                _known = (directory is null ? ListenQuery.Ask() : null) ?? [.. Of("tcp"), .. Of("tcp6")];
                _read = clock.GetTimestamp();
            }

            return _known;
        }
    }

    private IEnumerable<IPEndPoint> Of(string file)
    {
        var path = Path.Combine(directory ?? SystemDirectory, file);
        if (!File.Exists(path))
        {
            yield break;
        }

        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var words = line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 4 || words[3] != Listening)
            {
                yield break;
            }

            if (Parse(words[1]) is { } place)
            {
                yield return place;
            }
        }
    }

    /// <summary>
    /// An address in words of 32 bits, each in the machine's order, and the port: <c>0100007F:1F90</c>. Null for what is none.
    /// </summary>
    private static IPEndPoint? Parse(string text)
    {
        var colon = text.IndexOf(':');
        if (colon is not (8 or 32)
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        var bytes = new byte[colon / 2];
        for (var position = 0; position < colon; position += 8)
        {
            if (!uint.TryParse(text.AsSpan(position, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var word))
            {
                return null;
            }

            if (BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(position / 2), word);
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(position / 2), word);
            }
        }

        return new(new IPAddress(bytes), port);
    }
}
