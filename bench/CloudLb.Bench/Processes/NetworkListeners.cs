using System.Net;
using CloudLb.Bench.Load;

namespace CloudLb.Bench.Processes;

/// <summary>
/// A TCP and a UDP listener of a network load balancer, and the same of an HAProxy (TCP alone) and of an nginx that somebody has configured
/// by hand.
/// </summary>
internal sealed class NetworkListeners : IAsyncDisposable
{
    public const int TcpPort = 8090;
    public const int UdpPort = 5353;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly List<IAsyncDisposable> _processes = [];
    private readonly string _network;

    private NetworkListeners(string network) => _network = network;

    public IPAddress CloudLb { get; private set; } = IPAddress.None;

    public IPAddress ByHand => IPAddress.Parse($"{_network}.1.1");

    public IPAddress Nginx => IPAddress.Parse($"{_network}.1.2");

    /// <summary>Who carries CloudLb's connections.</summary>
    public IReadOnlyList<int> CloudLbProcesses { get; private set; } = [];

    /// <summary>Who carries CloudLb's datagrams: an nginx.</summary>
    public IReadOnlyList<int> CloudLbDatagramProcesses { get; private set; } = [];

    public IReadOnlyList<int> ByHandProcesses { get; private set; } = [];

    public IReadOnlyList<int> NginxProcesses { get; private set; } = [];

    public static async Task<NetworkListeners> StartAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var listeners = new NetworkListeners(workplace.Network());
        try
        {
            await listeners.StartAllAsync(workplace, cancellationToken);
            return listeners;
        }
        catch
        {
            await listeners.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }
    }

    private async Task StartAllAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        string[] instances = [$"{_network}.0.1", $"{_network}.0.2"];
        var port = Workplace.FreePort();

        // Health checks of datagrams' targets are connections, which HAProxy's instance takes at the same port.
        await AddAsync(HAProxyProcess.StartInstancesAsync(workplace, instances, port, cancellationToken));
        _processes.AddRange(instances.Select(instance => new DatagramInstance(new(IPAddress.Parse(instance), port))));
        string[] servers = [.. instances.Select(instance => $"{instance}:{port}")];
        var written = new HandWrittenStreams(TcpPort, UdpPort, servers);
        var nginx = await AddAsync(NginxProcess.StartStreamsAsync(workplace, written.Nginx(Nginx), cancellationToken));
        var server = await AddAsync(CloudLbProcess.StartAsync(workplace, cancellationToken));
        var byHand = await AddAsync(
            HAProxyProcess.StartByHandAsync(workplace, written.HAProxy(ByHand, HAProxyProcess.Threads), cancellationToken));
        await MakeAsync(server, instances, port, cancellationToken);
        CloudLb = await server.AddressAsync("network", cancellationToken);
        using var http = new HttpClient();
        foreach (var address in new[] { CloudLb, ByHand, Nginx })
        {
            await CloudLbProcess.WaitForAsync(http, new($"http://{address}:{TcpPort}/"), HttpStatusCode.OK, cancellationToken);
        }

        foreach (var address in new[] { CloudLb, Nginx })
        {
            await DatagramClient.WaitForAsync(new(address, UdpPort), cancellationToken);
        }

        // Those before them still end: one HAProxy stays, and one nginx with its worker.
        while (HAProxyProcess.Of(server.DataDirectory).Count > 1 || NginxProcess.Of(server.DataDirectory, servers).Count != 2)
        {
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

        (CloudLbProcesses, CloudLbDatagramProcesses) =
            (HAProxyProcess.Of(server.DataDirectory), NginxProcess.Of(server.DataDirectory, servers));
        (ByHandProcesses, NginxProcesses) = ([byHand.Id], NginxProcess.Of(nginx.Id));
    }

    private async Task<T> AddAsync<T>(Task<T> starting)
        where T : IAsyncDisposable
    {
        var process = await starting;
        _processes.Add(process);
        return process;
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
