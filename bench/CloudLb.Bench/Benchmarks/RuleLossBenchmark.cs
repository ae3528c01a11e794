using System.Net;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>Requests that fail while rules and targets of an application load balancer change.</summary>
internal sealed class RuleLossBenchmark : IBenchmark
{
    private const int ListenerPort = 8080;
    private const int Registrations = 5000;
    private const int Rules = 250;

    public string Name => "rule-loss";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var network = workplace.Network();
        string[] instances = [$"{network}.0.1", $"{network}.0.2"];
        var third = $"{network}.0.3";
        var instancePort = Workplace.FreePort();
        await using var instanceProcess = await HAProxyProcess.StartInstancesAsync(
            workplace, [.. instances, third], instancePort, cancellationToken);
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        using var client = new ElbV2Client(server);
        using var http = new HttpClient();
        var (listeners, made) = (new List<Uri>(), new List<(string Group, string Listener)>());
        foreach (var name in new[] { "changing", "other" })
        {
            var (loadBalancer, vpc) = await client.LoadBalancerAsync(name, cancellationToken);
            var group = await client.GroupAsync(name, vpc, instancePort, instances, cancellationToken);
            made.Add((group, await client.ListenerAsync(loadBalancer, ListenerPort, ElbV2Client.Forward((group, 1)), cancellationToken)));
            listeners.Add(new($"http://{await server.AddressAsync(name, cancellationToken)}:{ListenerPort}/"));
            await CloudLbProcess.WaitForAsync(http, listeners[^1], HttpStatusCode.OK, cancellationToken);
        }

        var table = new ResultTable(
            "Changes of rules and targets under load",
            "As under Changes under load, of an application load balancer: rules are made and deleted that no request is for, and a " +
            "target is registered and deregistered, one after the other.",
            "changes", "made", "in s", "requests, changing", "requests, other", "failed, changing", "failed, other", "hand-overs");
        table.Row(await LoadUnderChange.MeasureAsync(workplace, server, listeners, "rules", Rules * 2, async () =>
        {
            for (var number = 1; number <= Rules; number++)
            {
                var rule = await client.RuleAsync(made[0].Listener, number, $"/r{number}/*", ElbV2Client.Answer(201), cancellationToken);
                await client.DeleteRuleAsync(rule, cancellationToken);
            }
        }, cancellationToken));
        table.Row(await LoadUnderChange.MeasureAsync(workplace, server, listeners, "targets", Registrations * 2, async () =>
        {
            for (var number = 0; number < Registrations; number++)
            {
                await client.RegisterAsync(made[0].Group, [third], cancellationToken);
                await client.DeregisterAsync(made[0].Group, third, cancellationToken);
            }
        }, cancellationToken));
        return table;
    }
}
