using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>Ports and addresses of the loopback network that nobody else uses.</summary>
internal static class Ports
{
    private const int Networks = 250;

    private static int _network = Random.Shared.Next(Networks);

    /// <summary>The port of web listeners: 80 where this user may listen there, else 8080.</summary>
    public static int Http { get; } = MayBind(80) ? 80 : 8080;

    public static int Free(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The first three numbers of 256 addresses that nobody else uses, as <c>127.20.7</c>.</summary>
    public static string Network() => $"127.{20 + (Environment.ProcessId % 100)}.{Interlocked.Increment(ref _network) % Networks}";

    private static bool MayBind(int port) =>
        Environment.IsPrivilegedProcess
        || int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start"), CultureInfo.InvariantCulture) <= port;
}
