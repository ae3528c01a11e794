using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace CloudLb.Operator.Metrics;

/// <summary>Knows the instruments of the rooms, and adds up what those measure that tell each event, from the start on.</summary>
internal sealed class MeterTotals : IDisposable
{
    /// <summary>Characters; a longer key costs an allocation.</summary>
    private const int UsualKey = 256;

    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, MeterSeries>> _instruments = new();
    private readonly MeterListener _listener = new();

    /// <param name="meters">Whose instruments are listened to: those of this server.</param>
    public MeterTotals(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, meters) || !instrument.Meter.Name.StartsWith("CloudLb.", StringComparison.Ordinal))
            {
                return;
            }

            _instruments.TryAdd(instrument, new());
            if (!instrument.IsObservable)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<Instrument> Instruments => _instruments.Keys;

    /// <summary>What an instrument that tells each event has come to.</summary>
    public IEnumerable<MeterSeries> SeriesOf(Instrument instrument) =>
        _instruments[instrument].OrderBy(series => series.Key, StringComparer.Ordinal).Select(series => series.Value);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_instruments.TryGetValue(instrument, out var series))
        {
            return;
        }

        // There are as many keys as there are actions, codes, reasons and outcomes: a few hundred at most.
        var key = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[UsualKey]);
        foreach (var (name, text) in tags)
        {
            key.AppendLiteral(name);
            key.AppendLiteral("\0");
            key.AppendFormatted(text);
            key.AppendLiteral("\0");
        }

        var found = series.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key.Text, out var known)
            ? known
            : series.GetOrAdd(key.Text.ToString(), new MeterSeries(tags.ToArray()));
        key.Clear();
        found.Add(value);
    }
}
