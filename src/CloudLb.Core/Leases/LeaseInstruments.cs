using System.Diagnostics.Metrics;
using CloudLb.Core.Traffic.Counters;

namespace CloudLb.Core.Leases;

/// <summary>Figures of leases.</summary>
public sealed class LeaseInstruments : IInstruments
{
    private readonly Counter<long> _ended;
    private volatile int _overdue;

    public LeaseInstruments(IMeterFactory meters, Leases leases)
    {
        var meter = meters.Create("CloudLb.Core");
        meter.CreateObservableGauge("cloudlb.leases", () => (long)leases.Count, description: "Registrations that a member's lease holds.");
        meter.CreateObservableGauge(
            "cloudlb.leases.overdue", () => (long)_overdue,
            description: "Registrations whose lease has ended, kept as their load balancer has no more instances than it must keep.");
        _ended = meter.CreateCounter<long>("cloudlb.leases.ended", description: "Members deregistered as their lease had ended.");
        _ended.Add(0);
    }

    internal void Looked(int ended, int overdue)
    {
        _overdue = overdue;
        if (ended > 0)
        {
            _ended.Add(ended);
        }
    }
}
