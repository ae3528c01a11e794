using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Xml.Linq;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;
using CloudLb.Elb.Contracts;

namespace CloudLb.Bench.Benchmarks;

/// <summary>What a load balancer costs, and what one more change costs, with ten to ten thousand of them.</summary>
internal sealed class SizeBenchmark : IBenchmark
{
    private const int FirstPort = 8080;
    private const int SecondPort = 8081;
    private const int InstancesEach = 4;
    private const int Measurements = 15;

    /// <summary>Requests under way while load balancers are made.</summary>
    private const int AtOnce = 16;

    private const int PageSize = 400;

    /// <summary>One interval of the default health check, so that every check is in it once.</summary>
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(30);

    /// <summary>Milliseconds, percent of one processor, MiB and seconds; 0: no goal.</summary>
    private static readonly (int Size, double CreationGoal, double RestGoal, double MemoryGoal, double StartGoal)[] Sizes =
        [(10, 0, 0, 0, 0), (100, 0, 0, 0, 0), (1000, 50, 5, 0, 0), (10_000, 50, 15, 1_200, 15)];

    private static readonly TimeSpan BetweenClosestGlances = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan BetweenGlances = TimeSpan.FromMilliseconds(20);

    public string Name => "size";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var network = workplace.Network();
        var addresses = Enumerable.Range(1, InstancesEach + Measurements).Select(number => $"{network}.0.{number}").ToArray();
        var instancePort = Workplace.FreePort();
        await using var instances = await HAProxyProcess.StartInstancesAsync(
            workplace, addresses, instancePort, cancellationToken, keepConnections: false);
        var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        try
        {
            using var client = new ElbClient(server.Url);
            using var http = new HttpClient();

            // A connection that is kept keeps the process that it was made to.
            http.DefaultRequestHeaders.ConnectionClose = true;
            var table = new ResultTable(
                "Size",
                $"Load balancers with two HTTP listeners and {InstancesEach} instances each, in one CloudLb. Creation: from the answer " +
                $"of CreateLoadBalancer to the first answer of its listener, median and longest of {Measurements}. Registration: from " +
                "the answer of RegisterInstancesWithLoadBalancer to the first request that the instance answers. Memory in MiB (Pss) " +
                $"and processor time at rest, in percent of one processor over {AtRest.TotalSeconds:0} s with the default health check, " +
                "of CloudLb, of HAProxy, and of both. A page is one DescribeLoadBalancers of " +
                $"{PageSize}, the slowest of all pages. Start: of a CloudLb that was stopped with its HAProxy, to the first answer of " +
                $"every listener, each of which is asked from the beginning on, {AtOnce} at a time.",
                "load balancers", "cells", "creation ms", "longest ms", "registration ms", "CloudLb MiB", "HAProxy MiB", "together MiB",
                "CloudLb %", "HAProxy %", "together %", "page ms", "start s", "made in s");
            var made = 0;
            foreach (var (size, creationGoal, restGoal, memoryGoal, startGoal) in Sizes)
            {
                var watch = Stopwatch.StartNew();
                await MakeAsync(client, made, size, addresses[..InstancesEach], instancePort, cancellationToken);
                made = size;
                var listeners = await ListenersAsync(server, cancellationToken);
                await ServedAsync(listeners, cancellationToken);
                var seconds = watch.Elapsed.TotalSeconds;

                await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, cancellationToken);
                var haproxies = HAProxyProcess.Of(server.DataDirectory);
                var (ours, theirs) = (CpuTime.Of([server.Id]), CpuTime.Of(haproxies));
                await Task.Delay(AtRest, TimeProvider.System, cancellationToken);
                var (ownRest, haproxyRest) = (
                    (CpuTime.Of([server.Id]) - ours) / AtRest * 100, (CpuTime.Of(haproxies) - theirs) / AtRest * 100);
                var memory = (Memory.Of([server.Id]), Memory.Of(haproxies));
                var page = await SlowestPageAsync(client, cancellationToken);

                var creations = new List<double>();
                var registrations = new List<double>();
                for (var number = 0; number < Measurements; number++)
                {
                    var (creation, registration) = await ChangeAsync(
                        server, client, http, addresses[InstancesEach + number], instancePort, number, cancellationToken);
                    creations.Add(creation);
                    registrations.Add(registration);
                }

                await server.DisposeAsync();
                watch.Restart();
                var served = ServedAsync(listeners, cancellationToken);
                server = await server.StartNextAsync(workplace, cancellationToken);
                await served;
                var start = watch.Elapsed.TotalSeconds;

                table.Row(
                    Figures.Whole(size), Figures.Whole(haproxies.Count), WithGoal(creations.Median(), creationGoal),
                    Figures.Fine(creations.Max()), Figures.Fine(registrations.Median()),
                    Figures.Whole(memory.Item1), Figures.Whole(memory.Item2), WithGoal(memory.Item1 + memory.Item2, memoryGoal),
                    Figures.Fine(ownRest), Figures.Fine(haproxyRest), WithGoal(ownRest + haproxyRest, restGoal),
                    Figures.Fine(page), WithGoal(start, startGoal), Figures.Fine(seconds));
            }

            return table;
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static string NameOf(int number) => $"web-{number:00000}";

    private static string WithGoal(double value, double goal) => goal == 0 ? Figures.Fine(value) : Figures.BelowGoal(value, goal);

    private static Task MakeAsync(
        ElbClient client, int first, int end, string[] addresses, int instancePort, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
        Enumerable.Range(first, end - first),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (number, token) =>
        {
            var creation = ElbClient.Creation(NameOf(number), FirstPort, instancePort);
            await client.CallAsync(
                ElasticLoadBalancingContract.CreateLoadBalancer,
                creation with
                {
                    Listeners =
                    [
                        .. creation.Listeners!, new() { Protocol = "HTTP", LoadBalancerPort = SecondPort, InstancePort = instancePort },
                    ],
                },
                token);
            await client.RegisterAsync(NameOf(number), addresses, token);
        });

    /// <summary>Where everything that was made is. It is there again after a start, which the list of it is no part of.</summary>
    private static async Task<IReadOnlyList<IPEndPoint>> ListenersAsync(CloudLbProcess server, CancellationToken cancellationToken) =>
    [
        .. (await server.AddressesAsync(cancellationToken)).Values.SelectMany(
            address => new[] { new IPEndPoint(address, FirstPort), new IPEndPoint(address, SecondPort) }),
    ];

    /// <summary>Waits until every listener's requests reach an instance.</summary>
    private static async Task ServedAsync(IReadOnlyList<IPEndPoint> listeners, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            listeners,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (listener, token) =>
            {
                while (!await Glance.ShowsAsync(listener, HttpStatusCode.OK, token))
                {
                    await Task.Delay(BetweenGlances, TimeProvider.System, token);
                }
            });
    }

    private static async Task<double> SlowestPageAsync(ElbClient client, CancellationToken cancellationToken)
    {
        var slowest = 0.0;
        string? marker = null;
        do
        {
            var watch = Stopwatch.StartNew();
            var answer = await client.CallAsync(
                ElasticLoadBalancingContract.DescribeLoadBalancers, new() { PageSize = PageSize, Marker = marker }, cancellationToken);
            slowest = Math.Max(slowest, watch.Elapsed.TotalMilliseconds);
            marker = XDocument.Parse(answer).Descendants().FirstOrDefault(element => element.Name.LocalName == "NextMarker")?.Value;
        }
        while (!string.IsNullOrEmpty(marker));

        return slowest;
    }

    private static async Task<(double Creation, double Registration)> ChangeAsync(
        CloudLbProcess server, ElbClient client, HttpClient http, string instance, int instancePort, int number,
        CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"late-{number}");
        await client.CreateAsync(name, FirstPort, instancePort, cancellationToken);
        var watch = Stopwatch.StartNew();
        var address = await server.AddressAsync(name, cancellationToken);
        while (!await Glance.ShowsAsync(new IPEndPoint(address, FirstPort), HttpStatusCode.ServiceUnavailable, cancellationToken))
        {
            await Task.Delay(BetweenClosestGlances, TimeProvider.System, cancellationToken);
        }

        var creation = watch.Elapsed.TotalMilliseconds;

        await client.RegisterAsync(name, [instance], cancellationToken);
        watch.Restart();
        var listener = new Uri($"http://{address}:{FirstPort}/");
        await CloudLbProcess.WaitForAsync(http, listener, HttpStatusCode.OK, cancellationToken);
        var registration = watch.Elapsed.TotalMilliseconds;
        await client.DeleteAsync(name, cancellationToken);
        return (creation, registration);
    }
}
