using System.Net;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>
/// Requests through an HTTPS listener with many certificates, by HTTP/1.1 and HTTP/2, beside HAProxy and nginx configured by hand.
/// </summary>
internal sealed class SecureBenchmark : IBenchmark
{
    // Together far below the requests over HTTP/2 that a load balancer has at once.
    private const int Connections = 32;
    private const int Streams = 16;
    private const int Rounds = 4;
    private const double Goal = 0.95;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public string Name => "alb-tls";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var listeners = await SecureListeners.StartAsync(workplace, cancellationToken);
        var table = new ResultTable(
            "HTTPS and HTTP/2",
            $"Requests on {Connections} kept-alive connections (h2load), over HTTP/2 with {Streams} at once on each, through an HTTPS " +
            $"listener of an application load balancer with {SecureListeners.Certificates} certificates besides the default one, for " +
            $"the name of one in the middle (SNI). TLS is 1.2 with {HandWrittenTls.Cipher} and keys of 2,048 bits; instances are asked " +
            "by HTTP/1.1. Beside it HAProxy by hand with a list of the same certificates, and nginx with a `server` for each. Both set " +
            "the headers that CloudLb sets, X-Amzn-Trace-Id among them. CPU is what the processes use for a request, a round's " +
            "handshakes among it; ratios are to the better of the two.",
            "", "requests/s", "CPU µs", "ratio of requests/s", "to HAProxy by hand");
        foreach (var (name, streams) in new (string, int?)[] { ("HTTP/1.1", null), ("HTTP/2", Streams) })
        {
            var (ours, byHand, nginx) = (
                Side(listeners.CloudLb, listeners.CloudLbProcesses), Side(listeners.ByHand, listeners.ByHandProcesses),
                Side(listeners.Nginx, listeners.NginxProcesses));
            await LoadedSide.MeasureAsync([ours, byHand, nginx], Rounds, cancellationToken);
            var better = byHand.PerSecond > nginx.PerSecond ? byHand : nginx;
            Row("CloudLb", ours, Figures.AgainstGoal(ours.RatioTo(better), Goal));
            Row("HAProxy by hand", byHand, Figures.Fine(byHand.RatioTo(better)));
            Row("nginx", nginx, Figures.Fine(nginx.RatioTo(better)));

            LoadedSide Side(IPAddress address, IReadOnlyList<int> processIds) => new(processIds, token => H2Load.RunAsync(
                new(address, SecureListeners.Port), SecureListeners.Name, Connections, streams, Round, token));

            void Row(string whose, LoadedSide side, string ratio) =>
                table.Row([$"{name}, {whose}", .. side.Cells(), ratio, Figures.Fine(side.RatioTo(byHand))]);
        }

        return table;
    }
}
