using System.Diagnostics;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;
using CloudLb.Elb.Contracts;

namespace CloudLb.Bench.Benchmarks;

/// <summary>
/// Durable changes: pairs of CreateLoadBalancer and DeleteLoadBalancer, beside what no API can do without: two commits of the same row by
/// plain SQLite on the same disk and two calls of a bare Kestrel endpoint by the same client.
/// </summary>
internal sealed class ChangeBenchmark : IBenchmark
{
    private const int Rounds = 9;

    /// <summary>Bytes: about what an answer to one of the two changes has.</summary>
    private const int AnswerSize = 400;

    /// <summary>From how many connections, and the goals for the ratios to the yardstick and to plain SQLite; 0: none.</summary>
    private static readonly (int Connections, double Goal, double SqliteGoal)[] Loads = [(1, 0.7, 0), (8, 1, 0), (32, 0, 1)];
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public string Name => "changes";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        using var client = new ElbClient(server.Url);
        await client.CreateAsync("bench-0", 8080, 8000, cancellationToken);
        using var plain = new PlainSqlite(workplace.PathOf("plain.db"), PlainSqlite.DocumentOf(server.DataDirectory));
        var barePort = Workplace.FreePort();
        await using var bareProcess = await BareEndpoint.StartAsync(barePort, AnswerSize, cancellationToken);
        using var bareClient = new ElbClient(new Uri($"http://127.0.0.1:{barePort}/"));
        var (target, bare) = (
            new Target(client, server.Url, server.Id), new Target(bareClient, new Uri($"http://127.0.0.1:{barePort}/"), bareProcess.Id));
        foreach (var connections in (int[])[Loads[^1].Connections, 1])
        {
            await PairsAsync(target, connections, WarmUp, cancellationToken);
            await PairsAsync(bare, connections, WarmUp / 2, cancellationToken);
        }

        plain.Run(Round / 4, cancellationToken);

        var commits = new List<double>();
        var measured = Loads.ToDictionary(load => load.Connections, _ => new List<(Pairs Pairs, Pairs Bare)>());
        for (var round = 0; round < Rounds; round++)
        {
            commits.Add(plain.Run(Round, cancellationToken));
            foreach (var (connections, rounds) in measured)
            {
                rounds.Add(
                    (
                        await PairsAsync(target, connections, Round, cancellationToken),
                        await PairsAsync(bare, connections, Round / 2, cancellationToken)));
            }
        }

        return Table(commits, measured);
    }

    private static ResultTable Table(List<double> commits, Dictionary<int, List<(Pairs Pairs, Pairs Bare)>> measured)
    {
        var table = new ResultTable(
            "Create and delete",
            "Pairs a second through the API, each request signed by the client and durable when answered. The yardstick is what no API " +
            "can do without: a pair takes what plain SQLite (WAL, synchronous=FULL, the same row) takes for one commit to insert and one " +
            "to delete it, and what two calls of a bare Kestrel endpoint take, made by the same client over as " +
            "many connections. The client's own work counts against CloudLb, and so do the hand-overs of HAProxy that the changes cause " +
            "meanwhile: CPU is per pair, for the server's process, for the client's, and for the whole machine.",
            "", "pairs/s", "ms a pair", "CPU µs server", "CPU µs client", "CPU µs machine", "two bare calls/s", "yardstick pairs/s",
            "to the yardstick", "to plain SQLite", "to one connection");
        table.Row(
            "plain SQLite", Figures.Whole(commits.Median()), Figures.Fine(1000 / commits.Median()), "", "", "", "", "", "", Figures.Fine(1),
            "");
        foreach (var (count, goal, sqliteGoal) in Loads)
        {
            var rounds = measured[count];
            var rate = rounds.Select(round => round.Pairs.PerSecond).Median();
            var yardstick = rounds.Zip(commits, (round, plain) => 1 / ((1 / plain) + (1 / round.Bare.PerSecond))).ToList();
            var toYardstick = rounds.Zip(yardstick, (round, each) => round.Pairs.PerSecond / each).Median();
            var toCommits = rounds.Zip(commits, (round, plain) => round.Pairs.PerSecond / plain).Median();
            var toOne = rounds.Zip(measured[1], (round, one) => round.Pairs.PerSecond / one.Pairs.PerSecond).Median();
            table.Row(
                count == 1 ? "1 connection" : $"{count} connections",
                Figures.Whole(rate),
                Figures.Fine(1000 * count / rate),
                Figures.Whole(rounds.Select(round => round.Pairs.ServerCpu).Median()),
                Figures.Whole(rounds.Select(round => round.Pairs.ClientCpu).Median()),
                Figures.Whole(rounds.Select(round => round.Pairs.MachineCpu).Median()),
                Figures.Whole(rounds.Select(round => round.Bare.PerSecond).Median()),
                Figures.Whole(yardstick.Median()),
                WithGoal(toYardstick, goal),
                WithGoal(toCommits, sqliteGoal),
                Figures.Fine(toOne));
        }

        return table;
    }

    private static string WithGoal(double value, double goal) => goal == 0 ? Figures.Fine(value) : Figures.AgainstGoal(value, goal);

    private static async Task<Pairs> PairsAsync(Target target, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (serverBefore, clientBefore, machineBefore) = (
            CpuTime.Of([target.ProcessId]), CpuTime.Of([Environment.ProcessId]), CpuTime.OfMachine());
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(1, connections).Select(number => Task.Factory.StartNew(
            () => PairsAsync(target, $"bench-{number}", watch, duration, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        var (count, seconds) = (counts.Sum(), watch.Elapsed.TotalSeconds);
        return new(
            count / seconds,
            (CpuTime.Of([target.ProcessId]) - serverBefore).TotalMicroseconds / count,
            (CpuTime.Of([Environment.ProcessId]) - clientBefore).TotalMicroseconds / count,
            (CpuTime.OfMachine() - machineBefore).TotalMicroseconds / count);
    }

    /// <summary>
    /// As many pairs as go one after the other over one connection. Nothing in it waits but the connection, so it stays on its own thread.
    /// </summary>
    private static async Task<int> PairsAsync(
        Target target, string name, Stopwatch watch, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var connection = new PlainConnection(target.Url);
        var pairs = 0;
        while (watch.Elapsed < duration)
        {
            await target.Client.CallAsync(
                connection, ElasticLoadBalancingContract.CreateLoadBalancer, ElbClient.Creation(name, 8080, 8000), cancellationToken);
            await target.Client.CallAsync(
                connection, ElasticLoadBalancingContract.DeleteLoadBalancer, new() { LoadBalancerName = name }, cancellationToken);
            pairs++;
        }

        return pairs;
    }

    /// <summary>Who answers: CloudLb, or the bare endpoint.</summary>
    private sealed record Target(ElbClient Client, Uri Url, int ProcessId);

    /// <summary>The rate, and microseconds of processor time for each pair.</summary>
    private sealed record Pairs(double PerSecond, double ServerCpu, double ClientCpu, double MachineCpu);
}
