namespace CloudLb.Bench.Load;

/// <summary>What one run of wrk found.</summary>
internal sealed record WrkResult
{
    public required double Requests { get; init; }

    public required double RequestsPerSecond { get; init; }

    /// <summary>Milliseconds that half of the answers took at most.</summary>
    public required double Median { get; init; }

    /// <summary>Milliseconds that 99 of 100 answers took at most.</summary>
    public required double Percentile99 { get; init; }

    /// <param name="fields">Requests, microseconds of the run, failures, microseconds of the median and of the 99th percentile.</param>
    public static WrkResult Of(double[] fields) => fields[2] == 0
        ? new()
        {
            Requests = fields[0],
            RequestsPerSecond = fields[0] / fields[1] * 1e6,
            Median = fields[3] / 1000,
            Percentile99 = fields[4] / 1000,
        }
        : throw new InvalidOperationException($"{fields[2]} of {fields[0]} requests failed; a rate of failures means nothing.");
}
