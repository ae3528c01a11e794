using System.Net;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>Requests through a CloudLb HTTP listener, beside the same HAProxy with the least configuration that does the work.</summary>
internal sealed class TrafficBenchmark : IBenchmark
{
    private const int Connections = 64;
    private const int Rounds = 11;
    private const double Goal = 0.95;
    private const int ListenerPort = 8080;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public string Name => "traffic";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var network = workplace.Network();
        string[] instances = [$"{network}.0.1", $"{network}.0.2"];
        var instancePort = Workplace.FreePort();
        var minimalListener = new IPEndPoint(IPAddress.Parse($"{network}.1.1"), ListenerPort);
        await using var instanceProcess = await HAProxyProcess.StartInstancesAsync(workplace, instances, instancePort, cancellationToken);
        await using var minimal = await HAProxyProcess.StartMinimalAsync(workplace, minimalListener, instances, instancePort, cancellationToken);
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        using var client = new ElbClient(server.Url);
        await client.CreateAsync("web", ListenerPort, instancePort, cancellationToken);
        await client.RegisterAsync("web", instances, cancellationToken);

        var listener = new Uri($"http://{(await server.AddressesAsync(cancellationToken))["web"]}:{ListenerPort}/");
        using var http = new HttpClient();
        await CloudLbProcess.WaitForAsync(http, listener, HttpStatusCode.OK, cancellationToken);
        var target = new LoadTarget(listener, HAProxyProcess.Of(server.DataDirectory));
        var minimalTarget = new LoadTarget(new($"http://{minimalListener}/"), [minimal.Id]);
        for (var round = -1; round < Rounds; round++)
        {
            await target.MeasureAsync(workplace, Wrk.PlainScript, Connections, Round, cancellationToken);
            await minimalTarget.MeasureAsync(workplace, Wrk.PlainScript, Connections, Round, cancellationToken);
            if (round < 0)
            {
                target.Forget();
                minimalTarget.Forget();
            }
        }

        var table = new ResultTable(
            "HTTP traffic",
            $"Requests on {Connections} kept-alive connections (wrk) through a listener with two instances, beside the same HAProxy with a minimal configuration, the same " +
            "threads and the same instances. CloudLb's listener does what AWS's does for each request (X-Forwarded-For, -Port and -Proto, the limit on methods, the idle " +
            "timeout); the minimal one does nothing. CPU is what HAProxy's process uses for a request.",
            "", "requests/s", "p50 ms", "p99 ms", "CPU µs", "ratio of requests/s", "ratio of CPU");
        table.Row(
            ["CloudLb", .. target.Cells(), Figures.AgainstGoal(target.RatioTo(minimalTarget), Goal), Figures.Fine(target.CpuPerRequest / minimalTarget.CpuPerRequest)]);
        table.Row(["minimal", .. minimalTarget.Cells(), Figures.Fine(1), Figures.Fine(1)]);
        return table;
    }
}
