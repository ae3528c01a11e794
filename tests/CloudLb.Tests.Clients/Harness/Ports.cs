using System.Net;
using System.Net.Sockets;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>Ports and addresses of the loopback network that nobody else uses.</summary>
internal static class Ports
{
    private static int _network = Random.Shared.Next(200);

    public static int Free(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A network of 256 addresses for one server's load balancers: 127.20.0.0/24 and onwards.</summary>
    public static string AddressPool()
    {
        var number = Interlocked.Increment(ref _network) % 200;
        return $"127.{20 + Environment.ProcessId % 100}.{number}.0/24";
    }
}
