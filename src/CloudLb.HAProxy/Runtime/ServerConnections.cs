using System.Net;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Runtime;

/// <summary>A line of <c>show servers conn</c>: where a server is, and the connections to it that nothing uses.</summary>
internal sealed record ServerConnections(IPAddress Address, int Port, int Idle)
{
    private const int AddressColumn = 2, PortColumn = 3, IdleColumn = 12;

    /// <summary>The line of one server; null when it is not there.</summary>
    public static ServerConnections? Read(string text, MemberName name)
    {
        var columns = text.Split('\n').Select(line => line.Split(' ')).FirstOrDefault(columns => columns[0] == name.ToString());
        return columns is { Length: > IdleColumn } && IPAddress.TryParse(columns[AddressColumn], out var address) &&
            int.TryParse(columns[PortColumn], out var port) && int.TryParse(columns[IdleColumn], out var idle)
            ? new ServerConnections(address, port, idle)
            : null;
    }
}
