using System.Diagnostics;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;
using CloudLb.Elb.Contracts;

namespace CloudLb.Bench.Benchmarks;

/// <summary>Durable changes: pairs of CreateLoadBalancer and DeleteLoadBalancer, beside plain SQLite commits of the same row on the same disk.</summary>
internal sealed class ChangeBenchmark : IBenchmark
{
    private const int Rounds = 9;
    private const double GoalOfOne = 0.8;
    private const double GoalOfMost = 3;
    private static readonly int[] Connections = [1, 8, 32];
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public string Name => "changes";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        using var client = new ElbClient(server.Url);
        await client.CreateAsync("bench-0", 8080, 8000, cancellationToken);
        using var plain = new PlainSqlite(workplace.PathOf("plain.db"), PlainSqlite.DocumentOf(server.DataDirectory));
        await PairsAsync(server, client, Connections[^1], WarmUp, cancellationToken);
        await PairsAsync(server, client, 1, WarmUp, cancellationToken);
        plain.Run(Round / 4, cancellationToken);

        var commits = new List<double>();
        var measured = Connections.ToDictionary(count => count, _ => new List<Pairs>());
        for (var round = 0; round < Rounds; round++)
        {
            commits.Add(plain.Run(Round, cancellationToken));
            foreach (var count in Connections)
            {
                measured[count].Add(await PairsAsync(server, client, count, Round, cancellationToken));
            }
        }

        return Table(commits, measured);
    }

    private static ResultTable Table(List<double> commits, Dictionary<int, List<Pairs>> measured)
    {
        var table = new ResultTable(
            "Create and delete",
            "Pairs a second through the API, each request signed by the client and durable when answered, beside plain SQLite (WAL, synchronous=FULL, the same row, one " +
            "commit to insert and one to delete it). The client's own work counts against CloudLb, and so do the hand-overs of HAProxy that the changes cause meanwhile: " +
            "CPU is per pair, for the server's process, for the client's, and for the whole machine.",
            "", "pairs/s", "ms a pair", "CPU µs server", "CPU µs client", "CPU µs machine", "to plain SQLite", "to one connection");
        table.Row("plain SQLite", Figures.Whole(commits.Median()), Figures.Fine(1000 / commits.Median()), "", "", "", Figures.Fine(1), "");
        foreach (var (count, rounds) in measured)
        {
            var rate = rounds.Select(pairs => pairs.PerSecond).Median();
            var toCommits = rounds.Zip(commits, (pairs, plain) => pairs.PerSecond / plain).Median();
            var toOne = rounds.Zip(measured[1], (pairs, one) => pairs.PerSecond / one.PerSecond).Median();
            table.Row(
                count == 1 ? "1 connection" : $"{count} connections",
                Figures.Whole(rate),
                Figures.Fine(1000 * count / rate),
                Figures.Whole(rounds.Select(pairs => pairs.ServerCpu).Median()),
                Figures.Whole(rounds.Select(pairs => pairs.ClientCpu).Median()),
                Figures.Whole(rounds.Select(pairs => pairs.MachineCpu).Median()),
                count == 1 ? Figures.AgainstGoal(toCommits, GoalOfOne) : Figures.Fine(toCommits),
                count == Connections[^1] ? Figures.AgainstGoal(toOne, GoalOfMost) : Figures.Fine(toOne));
        }

        return table;
    }

    private static async Task<Pairs> PairsAsync(CloudLbProcess server, ElbClient client, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (serverBefore, clientBefore, machineBefore) = (CpuTime.Of([server.Id]), CpuTime.Of([Environment.ProcessId]), CpuTime.OfMachine());
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(1, connections).Select(number => Task.Factory.StartNew(
            () => PairsAsync(server, client, $"bench-{number}", watch, duration, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        var (count, seconds) = (counts.Sum(), watch.Elapsed.TotalSeconds);
        return new(
            count / seconds,
            (CpuTime.Of([server.Id]) - serverBefore).TotalMicroseconds / count,
            (CpuTime.Of([Environment.ProcessId]) - clientBefore).TotalMicroseconds / count,
            (CpuTime.OfMachine() - machineBefore).TotalMicroseconds / count);
    }

    /// <summary>As many pairs as go one after the other over one connection. Nothing in it waits but the connection, so it stays on its own thread.</summary>
    private static async Task<int> PairsAsync(
        CloudLbProcess server, ElbClient client, string name, Stopwatch watch, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var connection = new PlainConnection(server.Url);
        var pairs = 0;
        while (watch.Elapsed < duration)
        {
            await client.CallAsync(connection, ElasticLoadBalancingContract.CreateLoadBalancer, ElbClient.Creation(name, 8080, 8000), cancellationToken);
            await client.CallAsync(connection, ElasticLoadBalancingContract.DeleteLoadBalancer, new() { LoadBalancerName = name }, cancellationToken);
            pairs++;
        }

        return pairs;
    }

    /// <summary>The rate, and microseconds of processor time for each pair.</summary>
    private sealed record Pairs(double PerSecond, double ServerCpu, double ClientCpu, double MachineCpu);
}
