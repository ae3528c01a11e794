using System.Diagnostics;
using System.Net;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>From the answer of CreateRule to the first request that the rule answers, with few and many load balancers.</summary>
internal sealed class RuleEffectBenchmark : IBenchmark
{
    private const int ListenerPort = 8080;
    private const int Measurements = 15;
    private const double Goal = 150;

    /// <summary>Requests under way while load balancers are made.</summary>
    private const int AtOnce = 16;

    private static readonly int[] Sizes = [1, 1000];
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    public string Name => "rule-effect";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        using var classic = new ElbClient(server.Url);
        using var client = new ElbV2Client(server);
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
        var (loadBalancer, _) = await client.LoadBalancerAsync("ruled", cancellationToken);
        var listener = await client.ListenerAsync(loadBalancer, ListenerPort, ElbV2Client.Answer(404), cancellationToken);
        var address = await server.AddressAsync("ruled", cancellationToken);
        await CloudLbProcess.WaitForAsync(http, new($"http://{address}:{ListenerPort}/"), HttpStatusCode.NotFound, cancellationToken);
        var table = new ResultTable(
            "A rule's effect",
            $"Milliseconds from the answer of CreateRule to the first request that the rule answers, {Measurements} times, among so many " +
            "load balancers, all but one of them Classic.",
            "load balancers", "median ms", "longest ms");
        var made = 1;
        foreach (var size in Sizes)
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(made, size - made),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (number, token) => await classic.CreateAsync($"web-{number:00000}", ListenerPort, ListenerPort, token));
            made = size;
            foreach (var listening in (await server.AddressesAsync(cancellationToken)).Where(pair => pair.Key != "ruled"))
            {
                await CloudLbProcess.WaitForAsync(
                    http, new($"http://{listening.Value}:{ListenerPort}/"), HttpStatusCode.ServiceUnavailable, cancellationToken);
            }

            var times = new List<double>();
            for (var number = 1; number <= Measurements; number++)
            {
                var rule = await client.RuleAsync(listener, number, $"/r{number}/*", ElbV2Client.Answer(201), cancellationToken);
                var watch = Stopwatch.StartNew();
                while (!await ShowsAsync(http, new($"http://{address}:{ListenerPort}/r{number}/x"), cancellationToken))
                {
                    await Task.Delay(Glance, TimeProvider.System, cancellationToken);
                }

                times.Add(watch.Elapsed.TotalMilliseconds);
                await client.DeleteRuleAsync(rule, cancellationToken);
            }

            table.Row(
                Figures.Whole(size), size == Sizes[^1] ? Figures.BelowGoal(times.Median(), Goal) : Figures.Fine(times.Median()),
                Figures.Fine(times.Max()));
        }

        return table;
    }

    private static async Task<bool> ShowsAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(url, cancellationToken);
        return answer.StatusCode == HttpStatusCode.Created;
    }
}
