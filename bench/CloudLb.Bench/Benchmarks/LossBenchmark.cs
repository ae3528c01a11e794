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
            $"with {LoadUnderChange.ConnectionsEach} connections of each of four kinds: on the " +
            "load balancer that changes and on another, kept-alive and a new one for each request. Connection draining is on, as a load " +
            "balancer without it cuts what an instance has when it is deregistered. Each new load balancer is asked until it answers " +
            "before it is deleted again.",
            "changes", "made", "in s", "requests, changing", "requests, other", "failed, changing", "failed, other", "hand-overs");
        table.Row(
            await LoadUnderChange.MeasureAsync(
                workplace, server, listeners, "registrations and deregistrations", Registrations * 2, async () =>
        {
            for (var number = 0; number < Registrations; number++)
            {
                await client.RegisterAsync("changing", [third], cancellationToken);
                await client.DeregisterAsync("changing", third, cancellationToken);
            }
        }, cancellationToken));
        table.Row(await LoadUnderChange.MeasureAsync(workplace, server, listeners, "creations and deletions", Creations * 2, async () =>
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
        }, cancellationToken));
        return table;
    }

    private static async Task<Uri> ListenerAsync(CloudLbProcess server, string name, CancellationToken cancellationToken) =>
        new($"http://{await server.AddressAsync(name, cancellationToken)}:{ListenerPort}/");
}
