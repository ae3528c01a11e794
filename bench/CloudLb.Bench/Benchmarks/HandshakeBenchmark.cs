using System.Net;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>TLS handshakes, full ones and those that resume a session, beside HAProxy configured by hand and nginx.</summary>
internal sealed class HandshakeBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const double Goal = 0.98;

    public string Name => "handshakes";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var listeners = await ComparedListeners.StartAsync(workplace, cancellationToken);
        var table = new ResultTable(
            "Handshakes",
            "Connections to an HTTPS listener that shake hands and end (openssl s_time, four at a time): TLS 1.2 with " +
            "ECDHE-RSA-AES128-GCM-SHA256 and a key of 2,048 bits; full handshakes, and those that go on with a session that the client " +
            "has. No request is made. CPU is what the processes use for a handshake; ratios are to the HAProxy by hand.",
            "", "handshakes/s", "CPU µs", "ratio of handshakes/s", "ratio of CPU");
        foreach (var (kind, isResumed) in new[] { ("full", false), ("resumed", true) })
        {
            var (ours, theirs, nginxs) = (
                Of(listeners.CloudLb, listeners.CloudLbProcesses), Of(listeners.ByHand, listeners.ByHandProcesses),
                Of(listeners.Nginx, listeners.NginxProcesses));
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var side in new[] { ours, theirs, nginxs })
                {
                    await side.MeasureAsync(cancellationToken);
                }
            }

            Row($"{kind}, CloudLb", ours, Figures.AgainstGoal(ours.RatioTo(theirs), Goal));
            Row($"{kind}, HAProxy by hand", theirs, Figures.Fine(1));
            Row($"{kind}, nginx", nginxs, Figures.Fine(nginxs.RatioTo(theirs)));

            Handshakes Of(IPAddress address, IReadOnlyList<int> processIds) =>
                new(new(address, ComparedListeners.Ports.Https), processIds, isResumed);

            void Row(string name, Handshakes side, string ratio) =>
                table.Row(name, Figures.Whole(side.PerSecond), Figures.Fine(side.Cpu), ratio, Figures.Fine(side.Cpu / theirs.Cpu));
        }

        return table;
    }
}
