using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Files;

/// <summary>Where the files and sockets are of the process that holds shared addresses.</summary>
internal sealed class FrontDirectory(string dataDirectory, string runtimeDirectory)
{
    private const string SocketPrefix = "front.", SocketEnding = ".sock";

    public string Root { get; } = Path.Combine(dataDirectory, "front");

    /// <summary>What the process was started with, and the next is, if it dies; kept in step with what was changed at run time.</summary>
    public string Configuration => Path.Combine(Root, "haproxy.cfg");

    public string ProcessIdFile => Path.Combine(Root, "pid");

    /// <summary>The host names of a port, relative to the configuration.</summary>
    public static string MapOf(int port) => $"{port}.map";

    public string CommandSocket(long generation) => Path.Combine(runtimeDirectory, $"{SocketPrefix}{generation}{SocketEnding}");

    /// <summary>The generations that have left a socket behind, the newest first.</summary>
    public IReadOnlyList<long> Generations() => [.. Directory.GetFiles(runtimeDirectory, $"{SocketPrefix}*{SocketEnding}")
        .Select(path => Path.GetFileName(path)[SocketPrefix.Length..^SocketEnding.Length])
        .Where(text => long.TryParse(text, out _))
        .Select(long.Parse)
        .OrderDescending()];

    public void Write(string name, string text) => PrivateFile.Write(Path.Combine(Root, name), text, isDurable: false);

    public void DeleteMapsBut(IReadOnlyCollection<int> ports)
    {
        var kept = ports.Select(MapOf).ToHashSet();
        foreach (var path in Directory.GetFiles(Root, "*.map").Where(path => !kept.Contains(Path.GetFileName(path))))
        {
            File.Delete(path);
        }
    }
}
