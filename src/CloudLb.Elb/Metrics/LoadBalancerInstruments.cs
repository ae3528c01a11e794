using System.Diagnostics.Metrics;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;

namespace CloudLb.Elb.Metrics;

/// <summary>
/// CloudWatch's metrics of Classic load balancers, as instruments that are read when somebody asks. docs/metrics.md lists them.
/// </summary>
internal sealed class LoadBalancerInstruments : IInstruments
{
    private static readonly (string Name, LoadBalancerCounter Counter, string Help)[] OfLoadBalancers =
    [
        ("cloudlb.elb.httpcode_elb_4xx", LoadBalancerCounter.Own4xx, "HTTPCode_ELB_4XX: answers 4xx that the load balancer gave by " +
            "itself."),
        ("cloudlb.elb.httpcode_elb_5xx", LoadBalancerCounter.Own5xx, "HTTPCode_ELB_5XX: answers 5xx that the load balancer gave by " +
            "itself."),
        ("cloudlb.elb.desync_non_compliant_requests", LoadBalancerCounter.NonCompliantRequests,
            "DesyncMitigationMode_NonCompliant_Request_Count: requests that could not be read as HTTP, came too late, or were refused by " +
                "desync mitigation."),
        ("cloudlb.elb.spillover", LoadBalancerCounter.Spillover, "SpilloverCount: requests and connections refused as the surge queue " +
            "was full."),
        ("cloudlb.elb.new_connections", LoadBalancerCounter.NewConnections, "EstimatedALBNewConnectionCount: connections that clients " +
            "have made."),
        ("cloudlb.elb.processed_bytes", LoadBalancerCounter.ProcessedBytes, "EstimatedProcessedBytes: bytes received from clients and " +
            "sent to them."),
    ];

    private static readonly (string Name, ZoneCounter Counter, string Help)[] OfZones =
    [
        ("cloudlb.elb.requests", ZoneCounter.Requests, "RequestCount: HTTP requests that instances have finished, TCP connections made " +
            "to them."),
        ("cloudlb.elb.httpcode_backend_2xx", ZoneCounter.Answers2xx, "HTTPCode_Backend_2XX: answers that instances gave."),
        ("cloudlb.elb.httpcode_backend_3xx", ZoneCounter.Answers3xx, "HTTPCode_Backend_3XX: answers that instances gave."),
        ("cloudlb.elb.httpcode_backend_4xx", ZoneCounter.Answers4xx, "HTTPCode_Backend_4XX: answers that instances gave."),
        ("cloudlb.elb.httpcode_backend_5xx", ZoneCounter.Answers5xx, "HTTPCode_Backend_5XX: answers that instances gave."),
        ("cloudlb.elb.backend_connection_errors", ZoneCounter.ConnectionErrors,
            "BackendConnectionErrors: attempts to connect to an instance that failed, tries again and health checks among them."),
    ];

    private const string Latency = "Latency: until instances began to answer, or were connected; HAProxy's averages times requests.";

    private readonly Meter _meter;
    private readonly LoadBalancerSamples _samples;

    public LoadBalancerInstruments(
        IMeterFactory meters, IResourceStore store, HealthReader health, InstanceZones zones, ITrafficCounters counters, TimeProvider clock)
    {
        _meter = meters.Create("CloudLb.Elb");
        _samples = new(store, health, zones, counters, clock, OfLoadBalancers.Length + OfZones.Length + OfOthers);
        foreach (var (name, counter, help) in OfLoadBalancers)
        {
            _meter.CreateObservableCounter(name, () => Read(name, sample => sample.Traffic?[counter] ?? 0), description: help);
        }

        foreach (var (name, counter, help) in OfZones)
        {
            _meter.CreateObservableCounter(
                name, () => ReadZones(name, (sample, zone) => sample.Traffic?[zone.Name, counter] ?? 0), description: help);
        }

        CreateOthers();
    }

    private const int OfOthers = 6;

    private void CreateOthers()
    {
        const string Sum = "cloudlb.elb.latency.sum", Count = "cloudlb.elb.latency.count", Healthy = "cloudlb.elb.healthy_hosts",
            Unhealthy = "cloudlb.elb.unhealthy_hosts", Queue = "cloudlb.elb.surge_queue_length",
            Connections = "cloudlb.elb.active_connections";
        _meter.CreateObservableCounter(
            Sum,
            () => ReadZones(Sum, (sample, zone) => (sample.Traffic?[zone.Name, ZoneCounter.LatencyMilliseconds] ?? 0) / 1000.0),
            "s",
            Latency);
        _meter.CreateObservableCounter(
            Count,
            () => ReadZones(Count, (sample, zone) => sample.Traffic?[zone.Name, ZoneCounter.LatencyCount] ?? 0),
            description: Latency);
        _meter.CreateObservableGauge(
            Healthy, () => ReadZones(Healthy, (_, zone) => (long)zone.Healthy), description: "HealthyHostCount: registered instances " +
                "that are InService.");
        _meter.CreateObservableGauge(
            Unhealthy, () => ReadZones(Unhealthy, (_, zone) => (long)zone.Unhealthy), description: "UnHealthyHostCount: registered " +
                "instances that are not.");
        _meter.CreateObservableGauge(
            Queue, () => Read(Queue, sample => sample.Traffic?.SurgeQueue ?? 0),
            description: "SurgeQueueLength: the most that waited for an instance at once, in the last minute.");
        _meter.CreateObservableGauge(
            Connections, () => Read(Connections, sample => sample.Traffic?.ActiveConnections ?? 0),
            description: "EstimatedALBActiveConnectionCount: connections that clients have open.");
    }

    private IEnumerable<Measurement<long>> Read(string instrument, Func<LoadBalancerSample, long> value) =>
        _samples.For(instrument).Select(sample => new Measurement<long>(value(sample), sample.Tags));

    private IEnumerable<Measurement<T>> ReadZones<T>(string instrument, Func<LoadBalancerSample, ZoneSample, T> value)
        where T : struct
    {
        foreach (var sample in _samples.For(instrument))
        {
            foreach (var zone in sample.Zones)
            {
                yield return new(value(sample, zone), zone.Tags);
            }
        }
    }
}
