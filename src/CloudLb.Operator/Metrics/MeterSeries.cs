namespace CloudLb.Operator.Metrics;

/// <summary>The measurements of one instrument that share their tags.</summary>
internal sealed class MeterSeries(KeyValuePair<string, object?>[] tags)
{
    /// <summary>Seconds: from an answer out of memory to a process that takes its time to start.</summary>
    public static readonly IReadOnlyList<double> Bounds =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[Bounds.Count + 1];
    private double _sum;

    public KeyValuePair<string, object?>[] Tags { get; } = tags;

    public void Add(double value)
    {
        var bucket = 0;
        while (bucket < Bounds.Count && value > Bounds[bucket])
        {
            bucket++;
        }

        lock (_lock)
        {
            _sum += value;
            _buckets[bucket]++;
        }
    }

    /// <summary>The sum of all values, and how many were at most as large as each bound and one more for the rest.</summary>
    public (double Sum, IReadOnlyList<long> UpTo) Read()
    {
        lock (_lock)
        {
            var upTo = new long[_buckets.Length];
            var count = 0L;
            for (var bucket = 0; bucket < upTo.Length; bucket++)
            {
                upTo[bucket] = count += _buckets[bucket];
            }

            return (_sum, upTo);
        }
    }
}
