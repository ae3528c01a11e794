using System.Diagnostics.Metrics;

namespace CloudLb.Operator.Metrics;

/// <summary>What Prometheus makes of one instrument, or of the two that are the halves of a summary.</summary>
/// <param name="Name">Without the suffixes of its parts.</param>
/// <param name="Type">Prometheus's word.</param>
/// <param name="Help">In one line.</param>
/// <param name="Parts">The name of the samples and the instrument that they come from.</param>
internal sealed record MetricFamily(string Name, string Type, string Help, IReadOnlyList<(string Name, Instrument Instrument)> Parts)
{
    private const string Histogram = "histogram", Summary = "summary", Counter = "counter", Gauge = "gauge", Sum = ".sum", Count = ".count";

    public bool IsHistogram => Type == Histogram;

    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<MetricFamily> Of(IEnumerable<Instrument> instruments)
    {
        var byName = instruments.ToDictionary(instrument => instrument.Name);
        return
        [
            .. byName.Values.Where(instrument => !IsCountOfSummary(instrument, byName)).Select(instrument => Of(instrument, byName))
                .OrderBy(family => family.Name, StringComparer.Ordinal),
        ];
    }

    private static bool IsCountOfSummary(Instrument instrument, Dictionary<string, Instrument> all) =>
        instrument.Name.EndsWith(Count, StringComparison.Ordinal) && all.ContainsKey($"{instrument.Name[..^Count.Length]}{Sum}");

    private static MetricFamily Of(Instrument instrument, Dictionary<string, Instrument> all)
    {
        if (instrument.Name.EndsWith(Sum, StringComparison.Ordinal))
        {
            var stem = instrument.Name[..^Sum.Length];
            var summary = NameOf(stem, instrument.Unit);
            return new(
                summary, Summary, instrument.Description ?? "",
                [($"{summary}_sum", instrument), ($"{summary}_count", all[$"{stem}{Count}"])]);
        }

        var type = TypeOf(instrument);
        var name = NameOf(instrument.Name, instrument.Unit) + (type == Counter ? "_total" : "");
        return new(name, type, instrument.Description ?? "", [(name, instrument)]);
    }

    private static string NameOf(string name, string? unit) => name.Replace('.', '_') + (unit == "s" ? "_seconds" : "");

    private static string TypeOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => Histogram,
        ObservableGauge<long> or ObservableGauge<double> => Gauge,
        _ => Counter,
    };
}
