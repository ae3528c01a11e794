using System.Globalization;

namespace CloudLb.Operator.Metrics;

/// <summary>Writes everything that <c>/metrics</c> tells: what every room's instruments say. docs/metrics.md lists it.</summary>
internal sealed class MetricsReport(MeterTotals meters)
{
    public async Task WriteAsync(PrometheusText text, CancellationToken cancellationToken)
    {
        using var observed = new ObservedValues(text);
        foreach (var family in MetricFamily.Of(meters.Instruments))
        {
            text.Family(family.Name, family.Type, family.Help);
            foreach (var (name, instrument) in family.Parts)
            {
                if (instrument.IsObservable)
                {
                    observed.Write(name, instrument);
                }
                else
                {
                    Write(text, name, family.IsHistogram, meters.SeriesOf(instrument));
                }

                // One instrument of ten thousand load balancers is 2 MB or so; no more than that is gathered.
                await text.FlushIfFullAsync(cancellationToken);
            }
        }
    }

    private static void Write(PrometheusText text, string name, bool isHistogram, IEnumerable<MeterSeries> all)
    {
        foreach (var series in all)
        {
            var (sum, upTo) = series.Read();
            if (!isHistogram)
            {
                text.Sample(name, series.Tags, sum);
                continue;
            }

            for (var bucket = 0; bucket < upTo.Count; bucket++)
            {
                var bound = bucket < MeterSeries.Bounds.Count ? MeterSeries.Bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Sample($"{name}_bucket", [.. series.Tags, new("le", bound)], upTo[bucket]);
            }

            text.Sample($"{name}_sum", series.Tags, sum);
            text.Sample($"{name}_count", series.Tags, upTo[^1]);
        }
    }
}
