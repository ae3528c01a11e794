using System.Diagnostics.Metrics;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Dns.Messages;

namespace CloudLb.Dns;

/// <summary>Counts what was asked and what came of it.</summary>
internal sealed class DnsMetrics : IInstruments
{
    private readonly Counter<long> _answers;
    private readonly Counter<long> _dropped;

    public DnsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("CloudLb.Dns");
        _answers = meter.CreateCounter<long>("cloudlb.dns.answers", description: "DNS questions answered, by code and transport.");
        _dropped = meter.CreateCounter<long>("cloudlb.dns.dropped", description: "DNS messages and connections dropped, by reason.");
    }

    public void Answered(ResponseCode code, string transport) => _answers.Add(
        1,
        new KeyValuePair<string, object?>("rcode", code.ToString().ToUpperInvariant()),
        new KeyValuePair<string, object?>("transport", transport));

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
