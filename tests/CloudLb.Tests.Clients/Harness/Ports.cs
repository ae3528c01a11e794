using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>Ports and addresses of the loopback network that nobody else uses.</summary>
internal static class Ports
{
    private const int Networks = 250;
    private const int Lowest = 20_000;

    // Of net.ipv4.ip_local_port_range.
    private const int LowestOfTheSystem = 32_768;

    private static int _network = Random.Shared.Next(Networks);

    /// <summary>The port of web listeners: 80 where this user may listen there, else 8080.</summary>
    public static int Http { get; } = MayBind(80) ? 80 : 8080;

    /// <summary>
    /// A port that nobody listens at, and that the system gives to nobody who does not ask for it: it is still free a while later.
    /// </summary>
    public static int Free(IPAddress address)
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, LowestOfTheSystem);
            try
            {
                using var listener = new TcpListener(address, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // It is taken.
            }
        }
    }

    /// <summary>The first three numbers of 256 addresses that nobody else uses, as <c>127.20.7</c>.</summary>
    public static string Network() => $"127.{20 + (Environment.ProcessId % 100)}.{Interlocked.Increment(ref _network) % Networks}";

    private static bool MayBind(int port) =>
        Environment.IsPrivilegedProcess
        || int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start"), CultureInfo.InvariantCulture) <= port;
}
