using System.Diagnostics.Metrics;
using CloudLb.Core.Traffic.Counters;

namespace CloudLb.Dns.Publishing;

/// <summary>Whether the server has what it is to have.</summary>
internal sealed class PublishingMetrics : IInstruments
{
    private readonly Counter<long> _failures;
    private volatile int _published;
    private volatile int _waiting;

    public PublishingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("CloudLb.Dns");
        meter.CreateObservableGauge("cloudlb.dns.published", () => (long)_published, description: "Names that the name server has taken.");
        meter.CreateObservableGauge(
            "cloudlb.dns.unpublished", () => (long)_waiting, description: "Names that the name server has yet to take, or to remove.");
        _failures = meter.CreateCounter<long>(
            "cloudlb.dns.publishing.failures", description: "Times that the name server has not taken all that it was told.");
        _failures.Add(0);
    }

    public void Stands(int published, int waiting) => (_published, _waiting) = (published, waiting);

    public void Failed() => _failures.Add(1);
}
