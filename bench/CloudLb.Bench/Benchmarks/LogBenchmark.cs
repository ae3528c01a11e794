using System.Globalization;
using System.Net;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>Requests through a listener with an access log, beside one without, and whether each of them has a line.</summary>
internal sealed class LogBenchmark : IBenchmark
{
    /// <summary>How many requests are logged at least; without it, as many as the rounds make.</summary>
    private const string LeastLines = "BENCH_LOG_LINES";

    private const int Connections = 64;
    private const int Rounds = 7;
    private const int Port = 8080;
    private const double Goal = 0.9;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongRound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "logs";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var network = workplace.Network();
        string[] instances = [$"{network}.0.1", $"{network}.0.2"];
        var instancePort = Workplace.FreePort();
        await using var instanceProcess = await HAProxyProcess.StartInstancesAsync(workplace, instances, instancePort, cancellationToken);
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        var addresses = await MakeAsync(server, instances, instancePort, cancellationToken);
        var processes = HAProxyProcess.Of(server.DataDirectory).Append(server.Id).ToArray();
        var (plain, logged) = (Target("plain"), Target("logged"));
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var target in new[] { plain, logged })
            {
                await target.MeasureAsync(workplace, Wrk.PlainScript, Connections, Round, cancellationToken);
                if (round < 0)
                {
                    target.Forget();
                }
            }
        }

        var ratio = logged.RatioTo(plain);
        var (plainCells, loggedCells) = (plain.Cells(), logged.Cells());
        var least = long.Parse(Environment.GetEnvironmentVariable(LeastLines) ?? "0", CultureInfo.InvariantCulture);
        var requests = await RequestsAsync(server, cancellationToken);
        while (requests < least)
        {
            await logged.MeasureAsync(workplace, Wrk.PlainScript, Connections, LongRound, cancellationToken);
            requests = await RequestsAsync(server, cancellationToken);
        }

        var lines = await LinesAsync(server, requests, cancellationToken);
        var table = new ResultTable(
            "Access logs",
            $"Requests on {Connections} kept-alive connections (wrk) through an HTTP listener with two instances, without an access log " +
            "and with one, in turns. CPU is what HAProxy and CloudLb, which reads what is logged and writes AWS's lines, use for a " +
            "request. Lost are answers that HAProxy has counted and that have no line; a run with " +
            $"`{LeastLines}=10000000` makes ten million of them.",
            "", "requests/s", "p50 ms", "p99 ms", "CPU µs", "ratio of requests/s", "requests", "lines lost");
        table.Row(["without", .. plainCells, Figures.Fine(1), "", ""]);
        table.Row(
            [
                "with", .. loggedCells, Figures.AgainstGoal(ratio, Goal), Figures.Whole(requests),
                $"{Figures.Whole(requests - lines)} ({(lines == requests ? "goal" : "**missed**: goal")} 0)",
            ]);
        return table;

        LoadTarget Target(string name) => new(new($"http://{addresses[name]}:{Port}/"), processes);
    }

    private static async Task<IReadOnlyDictionary<string, IPAddress>> MakeAsync(
        CloudLbProcess server, string[] instances, int instancePort, CancellationToken cancellationToken)
    {
        using var elb = new ElbClient(server.Url);
        using var http = new HttpClient();
        foreach (var name in new[] { "plain", "logged" })
        {
            await elb.CreateAsync(name, Port, instancePort, cancellationToken);
            await elb.RegisterAsync(name, instances, cancellationToken);
        }

        await elb.LogAsync("logged", cancellationToken);
        var addresses = await server.AddressesAsync(cancellationToken);
        foreach (var address in addresses.Values)
        {
            await CloudLbProcess.WaitForAsync(http, new($"http://{address}:{Port}/"), HttpStatusCode.OK, cancellationToken);
        }

        // The log is there with the next process alone.
        while (!await IsLoggedAsync(server, http, addresses["logged"], cancellationToken))
        {
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

        return addresses;
    }

    private static async Task<bool> IsLoggedAsync(
        CloudLbProcess server, HttpClient http, IPAddress address, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri($"http://{address}:{Port}/"), cancellationToken);
        return LoggedLines.Count(server) > 0 && HAProxyProcess.Of(server.DataDirectory).Count == 1;
    }

    /// <summary>When none is under way any more.</summary>
    private static async Task<long> RequestsAsync(CloudLbProcess server, CancellationToken cancellationToken)
    {
        for (var before = -1L; ;)
        {
            var now = await LoggedLines.RequestsAsync(server, "logged", cancellationToken);
            if (now == before)
            {
                return now;
            }

            before = now;
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Waits for those that CloudLb has still to read.</summary>
    private static async Task<long> LinesAsync(CloudLbProcess server, long requests, CancellationToken cancellationToken)
    {
        var (seen, since) = (0L, TimeProvider.System.GetTimestamp());
        while (true)
        {
            var lines = LoggedLines.Count(server);
            if (lines > seen)
            {
                (seen, since) = (lines, TimeProvider.System.GetTimestamp());
            }

            if (lines >= requests || TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                return lines;
            }

            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }
}
