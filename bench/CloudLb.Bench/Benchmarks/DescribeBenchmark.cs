using System.Text;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;
using CloudLb.Elb.Contracts;

namespace CloudLb.Bench.Benchmarks;

/// <summary>Signed DescribeLoadBalancers, of one load balancer by its name and of a hundred, beside a bare Kestrel endpoint.</summary>
internal sealed class DescribeBenchmark : IBenchmark
{
    private const int Connections = 8;
    private const int LoadBalancers = 100;
    private const int Rounds = 7;

    /// <summary>
    /// As long as code is compiled again while it runs, on a processor that the load shares: two to four times of a description's own for
    /// the first ten seconds, on a busy machine.
    /// </summary>
    private const int WarmingUp = 10;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public string Name => "describe";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        using var client = new ElbClient(server.Url);
        var network = workplace.Network();
        for (var number = 0; number < LoadBalancers; number++)
        {
            await client.CreateAsync($"web-{number:000}", 8080, 8000, cancellationToken);
            await client.RegisterAsync($"web-{number:000}", [$"{network}.0.1", $"{network}.0.2"], cancellationToken);
        }

        var table = new ResultTable(
            "DescribeLoadBalancers",
            $"Signed requests on {Connections} kept-alive connections (wrk), beside a bare Kestrel endpoint that answers a constant body " +
            "of the same size to the same request. CPU is what the server's process uses.",
            "", "bytes", "requests/s", "p50 ms", "p99 ms", "CPU µs", "bare requests/s", "bare p50 ms", "bare p99 ms", "bare CPU µs",
            "ratio");
        await MeasureAsync(workplace, server, client, "one", ["web-050"], 0.6, table, cancellationToken);
        await MeasureAsync(workplace, server, client, $"{LoadBalancers}", null, 0.85, table, cancellationToken);
        return table;
    }

    private static async Task MeasureAsync(
        Workplace workplace, CloudLbProcess server, ElbClient client, string label, IReadOnlyList<string>? names, double goal,
        ResultTable table,
        CancellationToken cancellationToken)
    {
        var request = new DescribeLoadBalancersRequest { LoadBalancerNames = names };
        var answer = await client.CallAsync(ElasticLoadBalancingContract.DescribeLoadBalancers, request, cancellationToken);
        var size = Encoding.UTF8.GetByteCount(answer);
        using var signed = await client.SignedAsync(ElasticLoadBalancingContract.DescribeLoadBalancers, request, cancellationToken);
        var script = await Wrk.ScriptOfAsync(signed, cancellationToken);

        var barePort = Workplace.FreePort();
        await using var bareProcess = await BareEndpoint.StartAsync(barePort, size, cancellationToken);
        var target = new LoadTarget(server.Url, [server.Id]);
        var bareTarget = new LoadTarget(new($"http://127.0.0.1:{barePort}/"), [bareProcess.Id]);

        await target.MeasureAsync(workplace, script, Connections, Round * WarmingUp, cancellationToken);
        await bareTarget.MeasureAsync(workplace, script, Connections, Round * WarmingUp, cancellationToken);

        target.Forget();
        bareTarget.Forget();
        for (var round = 0; round < Rounds; round++)
        {
            await target.MeasureAsync(workplace, script, Connections, Round, cancellationToken);
            await bareTarget.MeasureAsync(workplace, script, Connections, Round, cancellationToken);
        }

        table.Row(
            [label, Figures.Whole(size), .. target.Cells(), .. bareTarget.Cells(), Figures.AgainstGoal(target.RatioTo(bareTarget), goal)]);
    }
}
