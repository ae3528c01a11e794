using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CloudLb.Operator.Metrics;

/// <summary>Knows the instruments of the rooms, and adds up what those measure that tell each event, from the start on.</summary>
internal sealed class MeterTotals : IDisposable
{
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
        if (_instruments.TryGetValue(instrument, out var series))
        {
            // There are as many keys as there are actions, codes, reasons and outcomes: a few hundred at most.
            var key = "";
            foreach (var (name, text) in tags)
            {
                key += $"{name}\0{text}\0";
            }

            (series.TryGetValue(key, out var found) ? found : series.GetOrAdd(key, new MeterSeries(tags.ToArray()))).Add(value);
        }
    }
}
