using System.Diagnostics.Metrics;

namespace CloudLb.HAProxy;

/// <summary>What the data plane counts.</summary>
internal sealed class HAProxyMetrics
{
    public const string MeterName = "CloudLb.HAProxy";

    private readonly Counter<long> _handOvers;
    private readonly Counter<long> _memberChanges;
    private readonly Histogram<double> _handOverDuration;

    public HAProxyMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _handOvers = meter.CreateCounter<long>("cloudlb.haproxy.handovers", "{handover}", "Processes started, by reason and outcome.");
        _handOverDuration = meter.CreateHistogram<double>(
            "cloudlb.haproxy.handover.duration", "s", "From the decision until the new process serves.");
        _memberChanges = meter.CreateCounter<long>(
            "cloudlb.haproxy.member_changes", "{change}", "Changes made by commands to a running process.");
    }

    public void HandedOver(string reason, bool succeeded, TimeSpan duration)
    {
        _handOvers.Add(1, new("reason", reason), new("outcome", succeeded ? "served" : "refused"));
        _handOverDuration.Record(duration.TotalSeconds);
    }

    public void ChangedMembers(int count) => _memberChanges.Add(count);
}
