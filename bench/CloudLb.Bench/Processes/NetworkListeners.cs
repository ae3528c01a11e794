using System.Net;
using CloudLb.Bench.Load;

namespace CloudLb.Bench.Processes;

/// <summary>
/// A TCP and a UDP listener of a network load balancer, and the same of an HAProxy (TCP alone) and of an nginx that somebody has configured
/// by hand.
/// </summary>
internal sealed class NetworkListeners(Workplace workplace) : SideBySide(workplace)
{
    public const int TcpPort = 8090;
    public const int UdpPort = 5353;

    /// <summary>Who carries CloudLb's datagrams: an nginx.</summary>
    public IReadOnlyList<int> CloudLbDatagramProcesses { get; private set; } = [];

    public static Task<NetworkListeners> StartAsync(Workplace workplace, CancellationToken cancellationToken) =>
        StartAsync(new NetworkListeners(workplace), cancellationToken);

    protected override async Task StartAllAsync(CancellationToken cancellationToken)
    {
        // Health checks of datagrams' targets are connections, which HAProxy's instance takes at the same port.
        await AddAsync(HAProxyProcess.StartInstancesAsync(Workplace, Instances, InstancePort, cancellationToken));
        foreach (var instance in Instances)
        {
            Add(new DatagramInstance(new(IPAddress.Parse(instance), InstancePort)));
        }

        var written = new HandWrittenStreams(TcpPort, UdpPort, Servers);
        var nginx = await AddAsync(NginxProcess.StartStreamsAsync(Workplace, written.Nginx(Nginx), cancellationToken));
        var server = await AddAsync(CloudLbProcess.StartAsync(Workplace, cancellationToken));
        var byHand = await AddAsync(
            HAProxyProcess.StartByHandAsync(Workplace, written.HAProxy(ByHand, HAProxyProcess.Threads), cancellationToken));
        await MakeAsync(server, Instances, InstancePort, cancellationToken);
        await FindAsync(server, "network", cancellationToken);
        using var http = new HttpClient();
        foreach (var address in new[] { CloudLb, ByHand, Nginx })
        {
            await CloudLbProcess.WaitForAsync(http, new($"http://{address}:{TcpPort}/"), HttpStatusCode.OK, cancellationToken);
        }

        foreach (var address in new[] { CloudLb, Nginx })
        {
            await DatagramClient.WaitForAsync(new(address, UdpPort), cancellationToken);
        }

        // Those before it, with its worker, still end.
        while (NginxProcess.Of(server.DataDirectory, Servers).Count != 2)
        {
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

        CloudLbDatagramProcesses = NginxProcess.Of(server.DataDirectory, Servers);
        await NoteProcessesAsync(server, byHand, nginx, cancellationToken);
    }

    private static async Task MakeAsync(CloudLbProcess server, string[] instances, int port, CancellationToken cancellationToken)
    {
        using var client = new ElbV2Client(server);
        var (loadBalancer, vpc) = await client.LoadBalancerAsync("network", "network", cancellationToken);
        foreach (var (protocol, listener) in new[] { ("TCP", TcpPort), ("UDP", UdpPort) })
        {
            var group = await client.GroupAsync(protocol, protocol, vpc, port, instances, cancellationToken);
            await client.ListenerAsync(protocol, loadBalancer, listener, ElbV2Client.Forward((group, 1)), [], cancellationToken);
        }
    }
}
