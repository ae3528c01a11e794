using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Load;

/// <summary>One of the two sides of a comparison under wrk, measured in rounds.</summary>
internal sealed class LoadTarget(Uri url, IReadOnlyList<int> processIds)
{
    private readonly List<WrkResult> _rounds = [];
    private readonly List<double> _cpu = [];

    public double RequestsPerSecond => _rounds.Select(round => round.RequestsPerSecond).Median();

    /// <summary>Milliseconds that half of the answers took at most.</summary>
    public double Median => _rounds.Select(round => round.Median).Median();

    /// <summary>Microseconds of processor time that the serving processes use for a request.</summary>
    public double CpuPerRequest => _cpu.Median();

    public async Task MeasureAsync(
        Workplace workplace, string script, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var before = CpuTime.Of(processIds);
        var result = await Wrk.RunAsync(workplace, url, script, connections, duration, cancellationToken);
        _cpu.Add((CpuTime.Of(processIds) - before).TotalMicroseconds / result.Requests);
        _rounds.Add(result);
    }

    /// <summary>
    /// The median, over the rounds, of this side's rate to the other's: what disturbs the machine for longer than a round hits both sides
    /// of one.
    /// </summary>
    public double RatioTo(LoadTarget other) =>
        _rounds.Zip(other._rounds, (mine, theirs) => mine.RequestsPerSecond / theirs.RequestsPerSecond).Median();

    /// <summary>Leaves out what was measured so far.</summary>
    public void Forget()
    {
        _rounds.Clear();
        _cpu.Clear();
    }

    /// <summary>Requests a second, p50, p99, processor time.</summary>
    public IReadOnlyList<string> Cells() =>
    [
        Figures.Whole(RequestsPerSecond),
        Figures.Fine(Median),
        Figures.Fine(_rounds.Select(round => round.Percentile99).Median()),
        Figures.Fine(CpuPerRequest),
    ];
}
