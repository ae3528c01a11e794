using System.Diagnostics.Metrics;

namespace CloudLb.Operator.Metrics;

/// <summary>Has instruments that are read when somebody asks tell their values, one instrument after the other.</summary>
internal sealed class ObservedValues : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly PrometheusText _text;
    private string _name = "";

    public ObservedValues(PrometheusText text)
    {
        _text = text;
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _text.Sample(_name, tags, value));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) => _text.Sample(_name, tags, value));
    }

    /// <summary>Writes a sample for each value of the instrument.</summary>
    /// <param name="name">The samples' name.</param>
    /// <param name="instrument">One that is observed.</param>
    public void Write(string name, Instrument instrument)
    {
        _name = name;
        _listener.EnableMeasurementEvents(instrument);
        try
        {
            _listener.RecordObservableInstruments();
        }
        finally
        {
            _listener.DisableMeasurementEvents(instrument);
        }
    }

    public void Dispose() => _listener.Dispose();
}
