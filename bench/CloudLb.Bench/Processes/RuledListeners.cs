using System.Net;
using CloudLb.Bench.Load;

namespace CloudLb.Bench.Processes;

/// <summary>
/// Listeners of an application load balancer with few and many rules and one with a weighted forward, and the same of an HAProxy and of an
/// nginx that somebody has configured by hand.
/// </summary>
internal sealed class RuledListeners : IAsyncDisposable
{
    /// <summary>How many rules a listener has; each is for the paths below its number.</summary>
    public static readonly int[] Counts = [1, 10, 100];

    private const int FirstPort = 8100;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly List<IAsyncDisposable> _processes = [];
    private readonly string _network;

    private RuledListeners(string network) => _network = network;

    /// <summary>Two groups share its requests, three to one.</summary>
    public static int WeightedPort => FirstPort + Counts.Length;

    public IPAddress CloudLb { get; private set; } = IPAddress.None;

    public IPAddress ByHand => IPAddress.Parse($"{_network}.1.1");

    public IPAddress Nginx => IPAddress.Parse($"{_network}.1.2");

    public IReadOnlyList<int> CloudLbProcesses { get; private set; } = [];

    public IReadOnlyList<int> ByHandProcesses { get; private set; } = [];

    public IReadOnlyList<int> NginxProcesses { get; private set; } = [];

    public static int PortOf(int count) => FirstPort + Array.IndexOf(Counts, count);

    /// <summary>What the last of so many rules is for.</summary>
    public static string PathOf(int count) => $"/r{count}/x";

    public static async Task<RuledListeners> StartAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var listeners = new RuledListeners(workplace.Network());
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
        await AddAsync(HAProxyProcess.StartInstancesAsync(workplace, instances, port, cancellationToken));
        var written = new HandWrittenRules(FirstPort, Counts, WeightedPort, [.. instances.Select(instance => $"{instance}:{port}")]);
        var nginx = await AddAsync(NginxProcess.StartAsync(workplace, written.Nginx(Nginx), cancellationToken));
        var server = await AddAsync(CloudLbProcess.StartAsync(
            workplace, cancellationToken, ("CloudLb__Quotas__rules-per-application-load-balancer", "200")));
        var byHand = await AddAsync(HAProxyProcess.StartByHandAsync(
            workplace, written.HAProxy(ByHand, HAProxyProcess.Threads, server.HeaderNames), cancellationToken));
        await MakeAsync(server, instances, port, cancellationToken);
        CloudLb = await server.AddressAsync("ruled", cancellationToken);
        using var http = new HttpClient();
        foreach (var (listener, path) in Counts.Select(count => (PortOf(count), PathOf(count))).Append((WeightedPort, "/")))
        {
            await CloudLbProcess.WaitForAsync(http, new($"http://{CloudLb}:{listener}{path}"), HttpStatusCode.OK, cancellationToken);
        }

        // Those before it, a few for so many rules, still end.
        while (HAProxyProcess.Of(server.DataDirectory).Count > 1)
        {
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

        (CloudLbProcesses, ByHandProcesses, NginxProcesses) =
            (HAProxyProcess.Of(server.DataDirectory), [byHand.Id], NginxProcess.Of(nginx.Id));
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
        var (loadBalancer, vpc) = await client.LoadBalancerAsync("ruled", cancellationToken);
        var groups = new[]
        {
            await client.GroupAsync("first", vpc, port, [instances[0]], cancellationToken),
            await client.GroupAsync("second", vpc, port, [instances[1]], cancellationToken),
        };
        foreach (var count in Counts)
        {
            var listener = await client.ListenerAsync(loadBalancer, PortOf(count), ElbV2Client.Answer(404), cancellationToken);
            for (var number = 1; number <= count; number++)
            {
                await client.RuleAsync(listener, number, $"/r{number}/*", ElbV2Client.Forward((groups[number % 2], 1)), cancellationToken);
            }
        }

        await client.ListenerAsync(
            loadBalancer, WeightedPort, ElbV2Client.Forward((groups[0], 3), (groups[1], 1)), cancellationToken);
    }
}
