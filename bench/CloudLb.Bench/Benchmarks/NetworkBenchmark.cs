using System.Net;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>Connections and datagrams through a network load balancer, beside HAProxy and nginx configured by hand for the same.</summary>
internal sealed class NetworkBenchmark : IBenchmark
{
    private const int Connections = 64;
    private const int Flows = 32;
    private const int Rounds = 7;
    private const double Goal = 0.95;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public string Name => "nlb";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var listeners = await NetworkListeners.StartAsync(workplace, cancellationToken);
        var table = new ResultTable(
            "Network load balancers",
            $"What is answered through listeners of a network load balancer with two targets: requests on {Connections} kept-alive " +
            $"connections (wrk) through one of TCP, and datagrams of 64 bytes that are sent back through one of UDP, on {Flows} flows " +
            "with one on its way at once. Beside it HAProxy by hand (`mode tcp`), which carries no datagrams, and nginx by hand " +
            "(`stream`; with a socket for each worker where datagrams come in). CPU is what the processes use for one; ratios are to " +
            "the better of the two.",
            "", "answers/s", "CPU µs", "ratio of answers/s");
        LoadedSide Connected(IPAddress address, IReadOnlyList<int> processIds) => new(processIds, async token =>
        {
            var url = new Uri($"http://{address}:{NetworkListeners.TcpPort}/");
            var round = await Wrk.RunAsync(workplace, url, Wrk.PlainScript, Connections, Round, token);
            return new(round.Requests, round.RequestsPerSecond);
        });
        await CompareAsync(
            "TCP", Connected(listeners.CloudLb, listeners.CloudLbProcesses),
            [
                ("HAProxy by hand", Connected(listeners.ByHand, listeners.ByHandProcesses)),
                ("nginx", Connected(listeners.Nginx, listeners.NginxProcesses)),
            ]);

        using var toCloudLb = new DatagramClient(new(listeners.CloudLb, NetworkListeners.UdpPort), Flows);
        using var toNginx = new DatagramClient(new(listeners.Nginx, NetworkListeners.UdpPort), Flows);
        await CompareAsync(
            "UDP", new(listeners.CloudLbDatagramProcesses, token => toCloudLb.RunAsync(Round, token)),
            [("nginx", new(listeners.NginxProcesses, token => toNginx.RunAsync(Round, token)))]);
        return table;

        async Task CompareAsync(string name, LoadedSide ours, IReadOnlyList<(string Name, LoadedSide Side)> others)
        {
            await LoadedSide.MeasureAsync([ours, .. others.Select(other => other.Side)], Rounds, cancellationToken);
            var better = others.MaxBy(other => other.Side.PerSecond).Side;
            table.Row([$"{name}, CloudLb", .. ours.Cells(), Figures.AgainstGoal(ours.RatioTo(better), Goal)]);
            foreach (var (whose, side) in others)
            {
                table.Row([$"{name}, {whose}", .. side.Cells(), Figures.Fine(side.RatioTo(better))]);
            }
        }
    }
}
