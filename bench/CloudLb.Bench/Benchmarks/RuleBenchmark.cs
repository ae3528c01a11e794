using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>Requests through the rules of an application load balancer, beside HAProxy and nginx configured by hand for the same.</summary>
internal sealed class RuleBenchmark : IBenchmark
{
    private const int Connections = 64;
    private const int Rounds = 7;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public string Name => "rules";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var listeners = await RuledListeners.StartAsync(workplace, cancellationToken);
        var table = new ResultTable(
            "Rules",
            $"Requests on {Connections} kept-alive connections (wrk) through an HTTP listener of an application load balancer with so " +
            "many rules, each for the paths below a number (`/r7/*`), that only the last of them is for; and through one that forwards " +
            "to two groups, three to one. Beside it HAProxy by hand, with a line `use_backend` for each, and nginx, with a `location` " +
            "for each, which finds it without trying all. Both set the headers that CloudLb sets, X-Amzn-Trace-Id among them. CPU is " +
            "what the processes use for a request; ratios are to the better of the two.",
            "", "requests/s", "p50 ms", "p99 ms", "CPU µs", "ratio of requests/s", "to HAProxy by hand");
        foreach (var count in RuledListeners.Counts)
        {
            await MeasureAsync(
                $"{count} {(count == 1 ? "rule" : "rules")}", RuledListeners.PortOf(count), RuledListeners.PathOf(count),
                count == 100 ? 0.9 : 0.95);
        }

        await MeasureAsync("weighted", RuledListeners.WeightedPort, "/", 0.95);
        return table;

        async Task MeasureAsync(string name, int port, string path, double goal)
        {
            var ours = new LoadTarget(new($"http://{listeners.CloudLb}:{port}{path}"), listeners.CloudLbProcesses);
            var byHand = new LoadTarget(new($"http://{listeners.ByHand}:{port}{path}"), listeners.ByHandProcesses);
            var nginx = new LoadTarget(new($"http://{listeners.Nginx}:{port}{path}"), listeners.NginxProcesses);
            await RoundsAsync(workplace, [ours, byHand, nginx], cancellationToken);
            var better = byHand.RequestsPerSecond > nginx.RequestsPerSecond ? byHand : nginx;
            table.Row(
                [
                    $"{name}, CloudLb", .. ours.Cells(), Figures.AgainstGoal(ours.RatioTo(better), goal),
                    Figures.Fine(ours.RatioTo(byHand)),
                ]);
            table.Row(
                [$"{name}, HAProxy by hand", .. byHand.Cells(), Figures.Fine(byHand.RatioTo(better)), Figures.Fine(1)]);
            table.Row([$"{name}, nginx", .. nginx.Cells(), Figures.Fine(nginx.RatioTo(better)), Figures.Fine(nginx.RatioTo(byHand))]);
        }
    }

    /// <summary>All take turns; the first round warms up and does not count.</summary>
    private static async Task RoundsAsync(Workplace workplace, LoadTarget[] targets, CancellationToken cancellationToken)
    {
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var target in targets)
            {
                await target.MeasureAsync(workplace, Wrk.PlainScript, Connections, Round, cancellationToken);
                if (round < 0)
                {
                    target.Forget();
                }
            }
        }
    }
}
