using CloudLb.Bench;
using CloudLb.Bench.Benchmarks;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

// cloudlb-bench bare PORT BYTES            the bare endpoint, started by the benchmark of descriptions
// cloudlb-bench SERVER RESULTS [NAME...]   runs the benchmarks (or those named) against the executable SERVER, and stores RESULTS
if (args is ["bare", var port, var bytes])
{
    await BareEndpoint.ServeAsync(int.Parse(port), int.Parse(bytes));
    return 0;
}

if (args is not [var server, var results, .. var names])
{
    Console.Error.WriteLine("usage: cloudlb-bench SERVER RESULTS [NAME...]");
    return 2;
}

IBenchmark[] all =
[
    new DescribeBenchmark(), new ReadingBenchmark(), new ChangeBenchmark(), new TrafficBenchmark(), new HandshakeBenchmark(),
    new LogBenchmark(), new InstructionBenchmark(), new RuleBenchmark(), new SecureBenchmark(), new NetworkBenchmark(),
    new RegistrationBenchmark(), new RuleEffectBenchmark(), new LossBenchmark(), new RuleLossBenchmark(), new SizeBenchmark(),
];
if (names.FirstOrDefault(name => all.All(benchmark => benchmark.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'; there are {string.Join(", ", all.Select(benchmark => benchmark.Name))}.");
    return 2;
}

using var limit = new CancellationTokenSource(Workplace.LongestRun);
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    limit.Cancel();
};

using var workplace = Workplace.Make(server);
var tables = new List<ResultTable>();
foreach (var benchmark in all.Where(benchmark => names.Length == 0 || names.Contains(benchmark.Name)))
{
    var table = await benchmark.RunAsync(workplace, limit.Token);
    Console.WriteLine(table.ToMarkdown());
    tables.Add(table);
}

// A run of some of them is for looking; what is stored is always one whole run.
if (names.Length == 0)
{
    await File.WriteAllTextAsync(results, await ResultFile.ComposeAsync(tables, TimeProvider.System, limit.Token), limit.Token);
    Console.WriteLine($"Stored in {results}");
}

return 0;
