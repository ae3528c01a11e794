using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>Requests through CloudLb's listeners, beside the same HAProxy configured by hand for the same work, and beside nginx.</summary>
internal sealed class TrafficBenchmark : IBenchmark
{
    private const int Connections = 64;
    private const int Rounds = 7;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public string Name => "traffic";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var listeners = await ComparedListeners.StartAsync(workplace, cancellationToken);
        var table = new ResultTable(
            "Traffic",
            $"Requests on {Connections} kept-alive connections (wrk) through a listener with two instances, beside the same HAProxy " +
            "configured by hand, with the same threads and the same instances, and beside nginx, with as many workers and kept-alive " +
            "connections to the instances. What an HTTP or HTTPS listener of AWS's does for each " +
            "request the HAProxy by hand does too: X-Forwarded-For, -Port and -Proto, the spelling of headers, the limits of heads, " +
            "methods and times. nginx sets the same headers. Neither has desync mitigation, 408 for clients that stop in their body, or " +
            "connections that outlive their process; CloudLb has (what each costs is under Instructions). TLS is 1.2 with " +
            "ECDHE-RSA-AES128-GCM-SHA256. The TCP listener carries the same requests. CPU is what the processes use for a request; " +
            "ratios are to the HAProxy by hand.",
            "", "requests/s", "p50 ms", "p99 ms", "CPU µs", "ratio of requests/s", "ratio of CPU");
        foreach (var (scheme, port, name, goal) in new[]
        {
            ("http", ComparedListeners.Ports.Http, "HTTP", 1.0),
            ("https", ComparedListeners.Ports.Https, "HTTPS", 0.98),
            ("http", ComparedListeners.Ports.Tcp, "TCP", 0.98),
        })
        {
            var ours = new LoadTarget(new($"{scheme}://{listeners.CloudLb}:{port}/"), listeners.CloudLbProcesses);
            var theirs = new LoadTarget(new($"{scheme}://{listeners.ByHand}:{port}/"), listeners.ByHandProcesses);
            var nginxs = new LoadTarget(new($"{scheme}://{listeners.Nginx}:{port}/"), listeners.NginxProcesses);
            await MeasureAsync(workplace, [ours, theirs, nginxs], cancellationToken);
            table.Row(
                [
                    $"{name}, CloudLb", .. ours.Cells(), Figures.AgainstGoal(ours.RatioTo(theirs), goal),
                    Figures.Fine(ours.CpuPerRequest / theirs.CpuPerRequest),
                ]);
            table.Row([$"{name}, HAProxy by hand", .. theirs.Cells(), Figures.Fine(1), Figures.Fine(1)]);
            table.Row(
                [
                    $"{name}, nginx", .. nginxs.Cells(), Figures.Fine(nginxs.RatioTo(theirs)),
                    Figures.Fine(nginxs.CpuPerRequest / theirs.CpuPerRequest),
                ]);
        }

        return table;
    }

    /// <summary>All take turns; the first round warms up and does not count.</summary>
    private static async Task MeasureAsync(Workplace workplace, LoadTarget[] targets, CancellationToken cancellationToken)
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
