using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace CloudLb.Nginx.Machine;

/// <summary>
/// The sockets for datagrams of this machine that send to one place, as nginx has one for each flow. Read once for all processes.
/// </summary>
internal sealed class ConnectedSockets
{
    private const string Nowhere = ":0000", Link = "socket:[";

    // The kernel writes an address in words of four bytes, each as the machine has it.
    private const int Word = 8;

    private readonly Dictionary<string, string> _places;

    private ConnectedSockets(Dictionary<string, string> places) => _places = places;

    public static ConnectedSockets Read()
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (inode, place) in Of("/proc/net/udp").Concat(Of("/proc/net/udp6")))
        {
            places[inode] = place;
        }

        return new(places);
    }

    /// <summary>Where those that a process has open send to, one for each.</summary>
    public IEnumerable<IPEndPoint> PlacesOf(int processId)
    {
        try
        {
            return [.. Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/fd"))
                .Select(path => new FileInfo(path).LinkTarget)
                .Where(target => target?.StartsWith(Link, StringComparison.Ordinal) == true)
                .Select(target => _places.GetValueOrDefault(target![Link.Length..^1]))
                .OfType<string>()
                .Select(PlaceOf)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IPEndPoint PlaceOf(string hexadecimal)
    {
        var (address, port) = (hexadecimal[..hexadecimal.IndexOf(':', StringComparison.Ordinal)], hexadecimal[^4..]);
        var bytes = new byte[address.Length / 2];
        for (var word = 0; word * Word < address.Length; word++)
        {
            var value = uint.Parse(address.AsSpan(word * Word, Word), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(word * sizeof(uint)), value);
        }

        return new(new IPAddress(bytes), ushort.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static IEnumerable<(string Inode, string Place)> Of(string path) => !File.Exists(path) ? [] : File.ReadLines(path).Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > 9 && !fields[2].EndsWith(Nowhere, StringComparison.Ordinal))
        .Select(fields => (fields[9], fields[2]));
}
