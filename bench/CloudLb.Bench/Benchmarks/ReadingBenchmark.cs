using CloudLb.AwsApi;
using CloudLb.AwsApi.Shapes;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;
using CloudLb.Elb.Contracts;
using CloudLb.ElbV2.Contracts;

namespace CloudLb.Bench.Benchmarks;

/// <summary>The health of a hundred and of a thousand instances and targets, and the metrics of a thousand load balancers.</summary>
internal sealed class ReadingBenchmark : IBenchmark
{
    private const int Port = 8080;
    private const int LoadBalancers = 1000;
    private const int Rounds = 5;

    /// <summary>So many are registered with one call.</summary>
    private const int Batch = 100;

    /// <summary>Requests under way while load balancers are made.</summary>
    private const int AtOnce = 16;

    /// <summary>Microseconds: of the processor for instances and metrics, until half of the answers are there for targets.</summary>
    private const double InstanceGoal = 1000, TargetGoal = 20_000, MetricsGoal = 37_000;

    /// <summary>As long as code is compiled again while it runs.</summary>
    private static readonly TimeSpan WarmingUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public string Name => "reading";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        using var client = new ElbClient(server.Url);
        var table = new ResultTable(
            "Reading",
            "One answer after the other on one kept-alive connection (wrk): the health of so many instances of a Classic load balancer, " +
            "and of so many targets of a target group, none of which answers, so that the reason of each is asked for; and /metrics " +
            "with so many load balancers. CPU is what CloudLb's process uses for one. The goals are of CPU for instances and metrics, " +
            "and of p50 for targets.",
            "", "of", "answers/s", "p50 ms", "p99 ms", "CPU µs", "goal");
        var addresses = Addresses(workplace.Network());
        await InstancesAsync(workplace, server, client, addresses, table, cancellationToken);
        await TargetsAsync(workplace, server, addresses, table, cancellationToken);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, LoadBalancers),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, token) =>
            {
                await client.CreateAsync($"web-{number:0000}", Port, Port, token);
                await client.RegisterAsync($"web-{number:0000}", addresses.Take(2), token);
            });
        var target = new LoadTarget(new(server.Url, "metrics"), [server.Id]);
        await MeasureAsync(workplace, target, Wrk.PlainScript, cancellationToken);
        Row(table, "/metrics", LoadBalancers, target, Figures.BelowGoal(target.CpuPerRequest, MetricsGoal));
        return table;
    }

    private static async Task InstancesAsync(
        Workplace workplace, CloudLbProcess server, ElbClient client, IReadOnlyList<string> addresses, ResultTable table,
        CancellationToken cancellationToken)
    {
        const string Name = "big";
        await client.CreateAsync(Name, Port, Port, cancellationToken);
        var registered = 0;
        foreach (var batch in addresses.Chunk(Batch))
        {
            await client.RegisterAsync(Name, batch, cancellationToken);
            registered += batch.Length;
            if (registered == Batch || registered == addresses.Count)
            {
                var target = await MeasureAsync(
                    workplace, server, client, ElasticLoadBalancingContract.DescribeInstanceHealth, new() { LoadBalancerName = Name },
                    cancellationToken);
                var isLast = registered == addresses.Count;
                Row(
                    table, "DescribeInstanceHealth", registered, target,
                    isLast ? Figures.BelowGoal(target.CpuPerRequest, InstanceGoal) : "");
            }
        }

        await client.DeleteAsync(Name, cancellationToken);
    }

    private static async Task TargetsAsync(
        Workplace workplace, CloudLbProcess server, IReadOnlyList<string> addresses, ResultTable table, CancellationToken cancellationToken)
    {
        using var client = new ElbV2Client(server);
        using var caller = new ElbClient(server.Url, ElasticLoadBalancingV2Contract.Service);
        var (loadBalancer, vpc) = await client.LoadBalancerAsync("big", cancellationToken);
        var group = await client.GroupAsync("big", vpc, Port, [.. addresses.Take(Batch)], cancellationToken);
        await client.ListenerAsync(loadBalancer, Port, ElbV2Client.Forward((group, 1)), cancellationToken);
        foreach (var size in new[] { Batch, addresses.Count })
        {
            foreach (var batch in addresses.Take(size).Skip(Batch).Chunk(Batch))
            {
                await client.RegisterAsync(group, batch, cancellationToken);
            }

            var target = await MeasureAsync(
                workplace, server, caller, ElasticLoadBalancingV2Contract.DescribeTargetHealth, new() { TargetGroupArn = group },
                cancellationToken);
            Row(
                table, "DescribeTargetHealth", size, target,
                size == Batch ? "" : Figures.BelowGoal(target.Median * 1000, TargetGoal));
        }
    }

    /// <summary>A thousand, at which nobody listens.</summary>
    private static IReadOnlyList<string> Addresses(string network) =>
        [.. Enumerable.Range(0, 1000).Select(number => $"{network}.{10 + (number / 250)}.{1 + (number % 250)}")];

    private static async Task<LoadTarget> MeasureAsync<TRequest, TResponse>(
        Workplace workplace, CloudLbProcess server, ElbClient client, OperationContract<TRequest, TResponse> operation, TRequest request,
        CancellationToken cancellationToken)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        using var signed = await client.SignedAsync(operation, request, cancellationToken);
        var target = new LoadTarget(server.Url, [server.Id]);
        await MeasureAsync(workplace, target, await Wrk.ScriptOfAsync(signed, cancellationToken), cancellationToken);
        return target;
    }

    private static async Task MeasureAsync(Workplace workplace, LoadTarget target, string script, CancellationToken cancellationToken)
    {
        await target.MeasureAsync(workplace, script, connections: 1, WarmingUp, cancellationToken);
        target.Forget();
        for (var round = 0; round < Rounds; round++)
        {
            await target.MeasureAsync(workplace, script, connections: 1, Round, cancellationToken);
        }
    }

    private static void Row(ResultTable table, string label, int size, LoadTarget target, string goal) =>
        table.Row([label, Figures.Whole(size), .. target.Cells(), goal]);
}
