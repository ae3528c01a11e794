using System.Diagnostics.Metrics;
using CloudLb.Core.Traffic.Counters;
using CloudLb.ElbV2.Domain;
using static CloudLb.Core.Traffic.Counters.LoadBalancerCounter;
using static CloudLb.Core.Traffic.Counters.ZoneCounter;

namespace CloudLb.ElbV2.Metrics;

/// <summary>
/// CloudWatch's metrics of application and network load balancers, as instruments that are read when somebody asks. docs/metrics.md lists
/// them.
/// </summary>
internal sealed class V2Instruments : IInstruments
{
    private const string Application = "cloudlb.applicationelb", Network = "cloudlb.networkelb";

    private static readonly (string Name, LoadBalancerCounter Counter, string Help)[] OfLoadBalancers =
    [
        ($"{Application}.httpcode_elb_4xx", Own4xx, "HTTPCode_ELB_4XX_Count: answers 4xx that the load balancer gave by itself."),
        ($"{Application}.httpcode_elb_5xx", Own5xx, "HTTPCode_ELB_5XX_Count: answers 5xx that the load balancer gave by itself."),
        ($"{Application}.desync_non_compliant_requests", NonCompliantRequests, "DesyncMitigationMode_NonCompliant_Request_Count: " +
            "requests that could not be read as HTTP, came too late, or were refused by desync mitigation."),
        ($"{Application}.new_connections", NewConnections, "NewConnectionCount: connections that clients have made."),
        ($"{Application}.processed_bytes", ProcessedBytes, "ProcessedBytes: bytes received from clients and sent to them."),
        ($"{Network}.new_flows", NewConnections, "NewFlowCount: connections that clients have made."),
        ($"{Network}.processed_bytes", ProcessedBytes, "ProcessedBytes: bytes received from clients and sent to them."),
    ];

    private static readonly (string Name, ZoneCounter Counter, string Help)[] OfZones =
    [
        ($"{Application}.requests", Requests, "RequestCount: requests that reached a target."),
        ($"{Application}.httpcode_target_2xx", Answers2xx, "HTTPCode_Target_2XX_Count: answers that targets gave."),
        ($"{Application}.httpcode_target_3xx", Answers3xx, "HTTPCode_Target_3XX_Count: answers that targets gave."),
        ($"{Application}.httpcode_target_4xx", Answers4xx, "HTTPCode_Target_4XX_Count: answers that targets gave."),
        ($"{Application}.httpcode_target_5xx", Answers5xx, "HTTPCode_Target_5XX_Count: answers that targets gave."),
        ($"{Application}.target_connection_errors", ConnectionErrors, "TargetConnectionErrorCount: attempts to connect to a target " +
            "that failed, tries again and health checks among them."),
        ($"{Application}.target_response_time.count", LatencyCount, ResponseTime),
    ];

    private const string ResponseTime = "TargetResponseTime: until targets began to answer; HAProxy's averages times requests.";

    private readonly V2Samples _samples;

    public V2Instruments(IMeterFactory meters, V2Samples samples)
    {
        _samples = samples;
        var meter = meters.Create("CloudLb.ElbV2");
        foreach (var (name, counter, help) in OfLoadBalancers)
        {
            meter.CreateObservableCounter(name, () => _samples.Read(TypeOf(name), traffic => traffic?[counter] ?? 0), description: help);
        }

        foreach (var (name, counter, help) in OfZones)
        {
            meter.CreateObservableCounter(
                name, () => _samples.ReadZones(TypeOf(name), (traffic, zone) => traffic[zone, counter]), description: help);
        }

        meter.CreateObservableCounter(
            $"{Application}.target_response_time.sum",
            () => _samples.ReadZones(LoadBalancerType.Application, (traffic, zone) => traffic[zone, LatencyMilliseconds] / 1000.0),
            "s", ResponseTime);
        CreateGauges(meter, Application, "active_connections", "ActiveConnectionCount");
        meter.CreateObservableGauge(
            $"{Application}.anomalous_hosts", () => _samples.ReadAnomalies(areMitigated: false),
            description: "AnomalousHostCount: targets that fail far more requests than the others of their group.");
        meter.CreateObservableGauge(
            $"{Application}.mitigated_hosts", () => _samples.ReadAnomalies(areMitigated: true),
            description: "MitigatedHostCount: those of them that are given less for it.");
        CreateGauges(meter, Network, "active_flows", "ActiveFlowCount");
        CreateDatagrams(meter);
    }

    private void CreateDatagrams(Meter meter)
    {
        meter.CreateObservableCounter(
            $"{Network}.new_flows_udp", () => _samples.ReadDatagrams(traffic => traffic.Flows),
            description: "NewFlowCount_UDP: flows of datagrams that clients have begun.");
        meter.CreateObservableGauge(
            $"{Network}.active_flows_udp", () => _samples.ReadDatagrams(traffic => traffic.ActiveFlows),
            description: "ActiveFlowCount_UDP: flows of datagrams that have not ended.");
        meter.CreateObservableCounter(
            $"{Network}.processed_bytes_udp", () => _samples.ReadDatagrams(traffic => traffic.Bytes),
            description: "ProcessedBytes_UDP: bytes of datagrams received from clients and sent to them, of flows that have ended.");
    }

    private void CreateGauges(Meter meter, string prefix, string active, string word)
    {
        var type = TypeOf(prefix);
        meter.CreateObservableGauge(
            $"{prefix}.{active}", () => _samples.Read(type, traffic => traffic?.ActiveConnections ?? 0),
            description: $"{word}: connections that clients have open.");
        meter.CreateObservableGauge(
            $"{prefix}.healthy_hosts", () => _samples.ReadHosts(type, areHealthy: true),
            description: "HealthyHostCount: registered targets that are healthy.");
        meter.CreateObservableGauge(
            $"{prefix}.unhealthy_hosts", () => _samples.ReadHosts(type, areHealthy: false),
            description: "UnHealthyHostCount: registered targets that are not.");
    }

    private static LoadBalancerType TypeOf(string name) =>
        name.StartsWith(Network, StringComparison.Ordinal) ? LoadBalancerType.Network : LoadBalancerType.Application;
}
