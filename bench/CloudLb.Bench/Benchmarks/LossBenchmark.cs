using System.Diagnostics;
using System.Net;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;
using CloudLb.Elb.Contracts;

namespace CloudLb.Bench.Benchmarks;

/// <summary>
/// Requests that fail while thousands of changes are made: on the load balancer that changes and on another, kept-alive and not.
/// </summary>
internal sealed class LossBenchmark : IBenchmark
{
    private const int ListenerPort = 8080;
    private const int Registrations = 5000;
    private const int Creations = 200;
    private const int ConnectionsEach = 2;

    public string Name => "loss";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var network = workplace.Network();
        string[] instances = [$"{network}.0.1", $"{network}.0.2"];
        var third = $"{network}.0.3";
        var instancePort = Workplace.FreePort();
        await using var instanceProcess = await HAProxyProcess.StartInstancesAsync(
            workplace, [.. instances, third], instancePort, cancellationToken);
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        using var client = new ElbClient(server.Url);
        using var http = new HttpClient();
        var listeners = new List<Uri>();
        foreach (var name in new[] { "changing", "other" })
        {
            await client.CreateAsync(name, ListenerPort, instancePort, cancellationToken);
            await client.CallAsync(
                ElasticLoadBalancingContract.ModifyLoadBalancerAttributes,
                new()
                {
                    LoadBalancerName = name,
                    LoadBalancerAttributes = new() { ConnectionDraining = new() { Enabled = true, Timeout = 300 } },
                },
                cancellationToken);
            await client.RegisterAsync(name, instances, cancellationToken);
            listeners.Add(await ListenerAsync(server, name, cancellationToken));
            await CloudLbProcess.WaitForAsync(http, listeners[^1], HttpStatusCode.OK, cancellationToken);
        }

        var table = new ResultTable(
            "Changes under load",
            $"Requests that failed (refused, reset, cut, answered with an error) while changes were made one after the other, under wrk " +
            $"with {ConnectionsEach} connections of each of four kinds: on the " +
            "load balancer that changes and on another, kept-alive and a new one for each request. Connection draining is on, as a load " +
            "balancer without it cuts what an instance has when it is " +
            "deregistered. Each new load balancer is asked until it answers before it is deleted again.",
            "changes", "made", "in s", "requests, changing", "requests, other", "failed, changing", "failed, other", "hand-overs");
        table.Row(
            await MeasureAsync(
                workplace, server, listeners, "registrations and deregistrations", Registrations * 2, cancellationToken, async () =>
        {
            for (var number = 0; number < Registrations; number++)
            {
                await client.RegisterAsync("changing", [third], cancellationToken);
                await client.DeregisterAsync("changing", third, cancellationToken);
            }
        }));
        table.Row(await MeasureAsync(workplace, server, listeners, "creations and deletions", Creations * 2, cancellationToken, async () =>
        {
            http.DefaultRequestHeaders.ConnectionClose = true;
            for (var number = 0; number < Creations; number++)
            {
                var name = $"new-{number}";
                await client.CreateAsync(name, ListenerPort, instancePort, cancellationToken);
                await CloudLbProcess.WaitForAsync(
                    http, await ListenerAsync(server, name, cancellationToken), HttpStatusCode.ServiceUnavailable, cancellationToken);
                await client.DeleteAsync(name, cancellationToken);
            }
        }));
        return table;
    }

    private static async Task<string[]> MeasureAsync(
        Workplace workplace, CloudLbProcess server, IReadOnlyList<Uri> listeners, string what, int count,
        CancellationToken cancellationToken, Func<Task> change)
    {
        var loads = new List<SteadyLoad>();
        try
        {
            foreach (var listener in listeners)
            {
                loads.Add(await SteadyLoad.StartAsync(workplace, listener, ConnectionsEach, closes: false, cancellationToken));
                loads.Add(await SteadyLoad.StartAsync(workplace, listener, ConnectionsEach, closes: true, cancellationToken));
            }

            var generation = server.Generation();
            var watch = Stopwatch.StartNew();
            await change();
            var seconds = watch.Elapsed.TotalSeconds;
            var handOvers = server.Generation() - generation;
            var results = new List<(long Requests, long Failures)>();
            foreach (var load in loads)
            {
                results.Add(await load.StopAsync(cancellationToken));
            }

            return
            [
                what, Figures.Whole(count), Figures.Fine(seconds), Figures.Whole(results[0].Requests + results[1].Requests),
                Figures.Whole(results[2].Requests + results[3].Requests),
                Figures.Whole(results[0].Failures + results[1].Failures), Figures.Whole(results[2].Failures + results[3].Failures),
                Figures.Whole(handOvers),
            ];
        }
        finally
        {
            loads.ForEach(load => load.Dispose());
        }
    }

    private static async Task<Uri> ListenerAsync(CloudLbProcess server, string name, CancellationToken cancellationToken) =>
        new($"http://{await server.AddressAsync(name, cancellationToken)}:{ListenerPort}/");
}
