using System.Globalization;

namespace CloudLb.Nginx.Machine;

/// <summary>
/// The sockets for datagrams of this machine that send to one place, as nginx has one for each flow. Read once for all processes.
/// </summary>
internal sealed class ConnectedSockets
{
    private const string Nowhere = ":0000", Link = "socket:[";

    private readonly HashSet<string> _inodes;

    private ConnectedSockets(HashSet<string> inodes) => _inodes = inodes;

    public static ConnectedSockets Read() => new([.. InodesIn("/proc/net/udp"), .. InodesIn("/proc/net/udp6")]);

    /// <summary>How many a process has open.</summary>
    public int CountOf(int processId)
    {
        try
        {
            return Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/fd"))
                .Select(path => new FileInfo(path).LinkTarget)
                .Count(target => target?.StartsWith(Link, StringComparison.Ordinal) == true && _inodes.Contains(target[Link.Length..^1]));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static IEnumerable<string> InodesIn(string path) => !File.Exists(path) ? [] : File.ReadLines(path).Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > 9 && !fields[2].EndsWith(Nowhere, StringComparison.Ordinal))
        .Select(fields => fields[9]);
}
