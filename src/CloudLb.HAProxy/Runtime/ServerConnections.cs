using System.Net;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Runtime;

/// <summary>A line of <c>show servers conn</c>: where a server is, and the connections to it that nothing uses.</summary>
internal sealed record ServerConnections(IPAddress Address, int Port, int Idle)
{
    /// <summary>
    /// The line of one server; null when it is not there. Its columns are those that the heading names: later versions have more of them.
    /// </summary>
    public static ServerConnections? Read(string text, MemberName name)
    {
        var lines = text.Split('\n').Select(line => line.Split(' ')).ToList();
        var heading = lines.FirstOrDefault(columns => columns[0] == "#") is { } found ? found[1..] : [];
        var line = lines.FirstOrDefault(columns => columns[0] == name.ToString()) ?? [];
        return IPAddress.TryParse(Value("addr"), out var address)
            && int.TryParse(Value("port"), out var port)
            && int.TryParse(Value("idle_cur"), out var idle)
            ? new ServerConnections(address, port, idle)
            : null;

        string? Value(string column) => line.ElementAtOrDefault(Array.IndexOf(heading, column));
    }
}
