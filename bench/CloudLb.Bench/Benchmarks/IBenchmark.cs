using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>One figure, or a few of a kind, beside their yardstick. Starts what it needs and ends it.</summary>
internal interface IBenchmark
{
    /// <summary>What <c>bench/run</c> calls it.</summary>
    string Name { get; }

    Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken);
}
