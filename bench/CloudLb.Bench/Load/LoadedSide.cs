using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Load;

/// <summary>One of the sides of a comparison under any load.</summary>
/// <param name="processIds">Who serves it.</param>
/// <param name="load">Makes a round of it.</param>
internal sealed class LoadedSide(IReadOnlyList<int> processIds, Func<CancellationToken, Task<LoadedRound>> load)
{
    private readonly List<double> _rates = [];
    private readonly List<double> _cpu = [];

    public double PerSecond => _rates.Median();

    /// <summary>The median of the rounds' ratios.</summary>
    public double RatioTo(LoadedSide other) => _rates.Zip(other._rates, (mine, theirs) => mine / theirs).Median();

    /// <summary>The rate, and microseconds of processor time for each that was answered.</summary>
    public IReadOnlyList<string> Cells() => [Figures.Whole(PerSecond), Figures.Fine(_cpu.Median())];

    /// <summary>All take turns; the first round warms up and does not count.</summary>
    public static async Task MeasureAsync(IReadOnlyList<LoadedSide> sides, int rounds, CancellationToken cancellationToken)
    {
        for (var round = -1; round < rounds; round++)
        {
            foreach (var side in sides)
            {
                await side.MeasureAsync(isCounted: round >= 0, cancellationToken);
            }
        }
    }

    private async Task MeasureAsync(bool isCounted, CancellationToken cancellationToken)
    {
        var before = CpuTime.Of(processIds);
        var round = await load(cancellationToken);
        if (isCounted)
        {
            _cpu.Add((CpuTime.Of(processIds) - before).TotalMicroseconds / round.Count);
            _rates.Add(round.PerSecond);
        }
    }
}
