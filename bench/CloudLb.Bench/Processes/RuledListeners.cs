using System.Net;
using CloudLb.Bench.Load;

namespace CloudLb.Bench.Processes;

/// <summary>
/// Listeners of an application load balancer with few and many rules and one with a weighted forward, and the same of an HAProxy and of an
/// nginx that somebody has configured by hand.
/// </summary>
internal sealed class RuledListeners(Workplace workplace) : SideBySide(workplace)
{
    /// <summary>How many rules a listener has; each is for the paths below its number.</summary>
    public static readonly int[] Counts = [1, 10, 100];

    private const int FirstPort = 8100;

    /// <summary>Two groups share its requests, three to one.</summary>
    public static int WeightedPort => FirstPort + Counts.Length;

    public static int PortOf(int count) => FirstPort + Array.IndexOf(Counts, count);

    /// <summary>What the last of so many rules is for.</summary>
    public static string PathOf(int count) => $"/r{count}/x";

    public static Task<RuledListeners> StartAsync(Workplace workplace, CancellationToken cancellationToken) =>
        StartAsync(new RuledListeners(workplace), cancellationToken);

    protected override async Task StartAllAsync(CancellationToken cancellationToken)
    {
        await AddAsync(HAProxyProcess.StartInstancesAsync(Workplace, Instances, InstancePort, cancellationToken));
        var written = new HandWrittenRules(FirstPort, Counts, WeightedPort, Servers);
        var nginx = await AddAsync(NginxProcess.StartAsync(Workplace, written.Nginx(Nginx), cancellationToken));
        var server = await AddAsync(CloudLbProcess.StartAsync(
            Workplace, cancellationToken, ("CloudLb__Quotas__rules-per-application-load-balancer", "200")));
        var byHand = await AddAsync(HAProxyProcess.StartByHandAsync(
            Workplace, written.HAProxy(ByHand, HAProxyProcess.Threads, server.HeaderNames), cancellationToken));
        await MakeAsync(server, Instances, InstancePort, cancellationToken);
        await FindAsync(server, "ruled", cancellationToken);
        using var http = new HttpClient();
        foreach (var (listener, path) in Counts.Select(count => (PortOf(count), PathOf(count))).Append((WeightedPort, "/")))
        {
            await CloudLbProcess.WaitForAsync(http, new($"http://{CloudLb}:{listener}{path}"), HttpStatusCode.OK, cancellationToken);
        }

        await NoteProcessesAsync(server, byHand, nginx, cancellationToken);
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
