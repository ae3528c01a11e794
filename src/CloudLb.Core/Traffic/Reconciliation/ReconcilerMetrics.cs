using System.Diagnostics.Metrics;

namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>Times the passes, and how long a change waits for the one that applies it.</summary>
public sealed class ReconcilerMetrics
{
    private readonly Histogram<double> _pass;
    private readonly Histogram<double> _lag;

    public ReconcilerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("CloudLb.Core");
        _pass = meter.CreateHistogram<double>("cloudlb.reconciler.pass.duration", "s", "Reconcile passes, by outcome.");
        _lag = meter.CreateHistogram<double>(
            "cloudlb.reconciler.lag", "s", "From the first change signal until the pass that has applied all of it.");
    }

    public void Passed(bool succeeded, TimeSpan duration) =>
        _pass.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", succeeded ? "applied" : "failed"));

    public void Applied(TimeSpan lag) => _lag.Record(lag.TotalSeconds);
}
