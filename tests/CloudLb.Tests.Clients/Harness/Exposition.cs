using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// Prometheus's text format, read as strictly as its documentation says: a family's HELP and TYPE before its samples, all of them together,
/// no series twice, counters that end in <c>_total</c>, histograms that add up.
/// </summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, double> _samples = [];

    private readonly Dictionary<string, string> _types = [];

    private Exposition()
    {
    }

    /// <summary>By name and labels as they stand in the text.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    public IReadOnlyDictionary<string, string> Types => _types;

    public static Exposition Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var read = new Exposition();
        var helped = new HashSet<string>();
        var family = "";
        foreach (var line in text[..^1].Split('\n'))
        {
            if (HelpLine().Match(line) is { Success: true } help)
            {
                Assert.True(helped.Add(help.Groups["name"].Value), $"HELP twice: {line}");
            }
            else if (TypeLine().Match(line) is { Success: true } type)
            {
                family = type.Groups["name"].Value;
                Assert.True(
                    helped.Contains(family)
                        && read._types.TryAdd(family, type.Groups["type"].Value), $"TYPE without HELP, or twice: {line}");
                Assert.True(
                    type.Groups["type"].Value != "counter" || family.EndsWith("_total", StringComparison.Ordinal),
                    $"a counter ends in _total: {line}");
            }
            else
            {
                var sample = SampleLine().Match(line);
                Assert.True(sample.Success, $"neither comment nor sample: {line}");
                var suffixes = read._types[family] switch
                {
                    "histogram" => ["_bucket", "_sum", "_count"],
                    "summary" => ["_sum", "_count"],
                    _ => new[] { "" },
                };
                Assert.True(suffixes.Any(suffix => sample.Groups["name"].Value == family + suffix), $"not of the family {family}: {line}");
                var value = double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture);
                Assert.True(read._samples.TryAdd(sample.Groups["series"].Value, value), $"a series twice: {line}");
                Assert.Equal(
                    sample.Groups["label"].Captures.Count, sample.Groups["label"].Captures.Select(label => label.Value).Distinct().Count());
            }
        }

        Assert.Equal(helped.Order(), read._types.Keys.Order());
        read.CheckHistograms();
        return read;
    }

    /// <summary>The sum over the series of a name whose labels have all of these; null when there is none.</summary>
    public double? Sum(string name, params IEnumerable<(string Label, string Value)> labels)
    {
        var wanted = labels.Select(label => $"{label.Label}=\"{label.Value}\"").ToList();
        var found = _samples
            .Where(sample => Name(sample.Key) == name && wanted.All(label => sample.Key.Contains(label, StringComparison.Ordinal)))
            .ToList();
        return found.Count == 0 ? null : found.Sum(sample => sample.Value);
    }

    private static string Name(string series) => series.Split('{')[0];

    private void CheckHistograms()
    {
        foreach (var family in _types.Where(type => type.Value == "histogram").Select(type => type.Key))
        {
            var all = _samples.Where(sample => Name(sample.Key) == $"{family}_bucket")
                .GroupBy(
                    sample => LastLabel().Replace(sample.Key, ""),
                    sample => (Bound: LastLabel().Match(sample.Key).Groups["le"].Value, sample.Value));
            foreach (var series in all)
            {
                var buckets = series.ToList();
                Assert.Equal("+Inf", buckets[^1].Bound);
                Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
                var bounds = buckets.SkipLast(1).Select(bucket => double.Parse(bucket.Bound, CultureInfo.InvariantCulture)).ToList();
                Assert.Equal(bounds.Order(), bounds);
                var labels = series.Key[$"{family}_bucket".Length..];
                Assert.Equal(buckets[^1].Value, _samples[$"{family}_count{(labels == "{}" ? "" : labels)}"]);
            }
        }
    }

    [GeneratedRegex(@"\A# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\]|\\\\|\\n)+\z")]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"\A# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|summary)\z")]
    private static partial Regex TypeLine();

    [GeneratedRegex(
        """\A(?<series>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?<label>[a-zA-Z_][a-zA-Z0-9_]*)="([^\\"\n]|\\\\|\\"|\\n)*"(,(?!\}))?)+\})?) (?<value>[0-9.eE+-]+)\z""")]
    private static partial Regex SampleLine();

    [GeneratedRegex(""",?le="(?<le>[^"]*)"(?=\})""")]
    private static partial Regex LastLabel();
}
