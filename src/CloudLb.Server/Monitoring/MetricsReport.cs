using System.Diagnostics.Metrics;
using CloudLb.Core.Certificates;
using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Metrics;
using CloudLb.Server.Startup;

namespace CloudLb.Server.Monitoring;

/// <summary>Writes everything that <c>/metrics</c> tells, read from memory. docs/metrics.md lists it.</summary>
internal sealed class MetricsReport(
    ILoadBalancerStore store, HealthReader health, InstanceZones zones, HAProxyDataPlane dataPlane, ICertificateStore certificates, Reconciler reconciler, MeterTotals meters,
    ApiCertificate? apiCertificate = null)
{
    private static readonly (string Name, LoadBalancerCounter Counter, string Help)[] OfLoadBalancers =
    [
        ("cloudlb_elb_httpcode_elb_4xx_total", LoadBalancerCounter.Own4xx, "HTTPCode_ELB_4XX: answers 4xx that the load balancer gave by itself."),
        ("cloudlb_elb_httpcode_elb_5xx_total", LoadBalancerCounter.Own5xx, "HTTPCode_ELB_5XX: answers 5xx that the load balancer gave by itself."),
        ("cloudlb_elb_desync_non_compliant_requests_total", LoadBalancerCounter.NonCompliantRequests,
            "DesyncMitigationMode_NonCompliant_Request_Count: requests that could not be read as HTTP, came too late, or were refused by desync mitigation."),
        ("cloudlb_elb_spillover_total", LoadBalancerCounter.Spillover, "SpilloverCount: requests and connections refused as the surge queue was full."),
        ("cloudlb_elb_new_connections_total", LoadBalancerCounter.NewConnections, "EstimatedALBNewConnectionCount: connections that clients have made."),
        ("cloudlb_elb_processed_bytes_total", LoadBalancerCounter.ProcessedBytes, "EstimatedProcessedBytes: bytes received from clients and sent to them."),
    ];

    private static readonly (string Name, ZoneCounter Counter, string Help)[] OfZones =
    [
        ("cloudlb_elb_requests_total", ZoneCounter.Requests, "RequestCount: HTTP requests that instances have finished, TCP connections made to them."),
        ("cloudlb_elb_httpcode_backend_2xx_total", ZoneCounter.Answers2xx, "HTTPCode_Backend_2XX: answers that instances gave."),
        ("cloudlb_elb_httpcode_backend_3xx_total", ZoneCounter.Answers3xx, "HTTPCode_Backend_3XX: answers that instances gave."),
        ("cloudlb_elb_httpcode_backend_4xx_total", ZoneCounter.Answers4xx, "HTTPCode_Backend_4XX: answers that instances gave."),
        ("cloudlb_elb_httpcode_backend_5xx_total", ZoneCounter.Answers5xx, "HTTPCode_Backend_5XX: answers that instances gave."),
        ("cloudlb_elb_backend_connection_errors_total", ZoneCounter.ConnectionErrors,
            "BackendConnectionErrors: attempts to connect to an instance that failed, tries again and health checks among them."),
    ];

    private const string Zone = "availability_zone";
    private static readonly byte[] NoZone = PrometheusText.Labels((Zone, ""));

    public async Task WriteAsync(PrometheusText text, CancellationToken cancellationToken)
    {
        var loadBalancers = Read();
        await WriteLoadBalancersAsync(text, loadBalancers, cancellationToken);
        WriteProcesses(text);
        WriteMeters(text);
    }

    private List<LoadBalancerSample> Read()
    {
        var traffic = dataPlane.Traffic.ToDictionary(traffic => traffic.Id);
        return [.. store.Current.All.Select(loadBalancer => Read(loadBalancer, traffic.GetValueOrDefault(loadBalancer.Key.ToId())))];
    }

    private LoadBalancerSample Read(LoadBalancer loadBalancer, LoadBalancerTraffic? traffic)
    {
        var hosts = new SortedList<string, (int Healthy, int Unhealthy)>(StringComparer.Ordinal);
        foreach (var zone in traffic?.Zones ?? [])
        {
            hosts[zone] = default;
        }

        var states = health.Read(loadBalancer);
        for (var index = 0; index < states.Count; index++)
        {
            var zone = zones.Of(loadBalancer.Instances[index]) ?? "";
            hosts.TryGetValue(zone, out var known);
            hosts[zone] = states[index].State == InstanceState.InService ? (known.Healthy + 1, known.Unhealthy) : (known.Healthy, known.Unhealthy + 1);
        }

        var key = loadBalancer.Key;
        var labels = PrometheusText.Labels(("account", key.Account.ToString()), ("region", key.Region), ("load_balancer", key.Name));
        byte[] WithZone(string zone) => [.. labels, .. ","u8, .. zone.Length == 0 ? NoZone : PrometheusText.Labels((Zone, zone))];
        return new(traffic, WithZone(""), [.. hosts.Select(zone => new ZoneSample(zone.Key, WithZone(zone.Key), zone.Value.Healthy, zone.Value.Unhealthy))]);
    }

    private static async Task WriteLoadBalancersAsync(PrometheusText text, List<LoadBalancerSample> loadBalancers, CancellationToken cancellationToken)
    {
        foreach (var (name, counter, help) in OfLoadBalancers)
        {
            text.Family(name, "counter", help);
            foreach (var sample in loadBalancers)
            {
                text.Sample(name, sample.Labels, sample.Traffic?[counter] ?? 0);
                await text.FlushIfFullAsync(cancellationToken);
            }
        }

        foreach (var (name, counter, help) in OfZones)
        {
            text.Family(name, "counter", help);
            await WriteZonesAsync(text, loadBalancers, name, (sample, zone) => sample.Traffic?[zone.Name, counter] ?? 0, cancellationToken);
        }

        text.Family("cloudlb_elb_latency_seconds", "summary", "Latency: until instances began to answer, or were connected; HAProxy's averages times requests.");
        await WriteZonesAsync(
            text, loadBalancers, "cloudlb_elb_latency_seconds_sum", (sample, zone) => (sample.Traffic?[zone.Name, ZoneCounter.LatencyMilliseconds] ?? 0) / 1000.0, cancellationToken);
        await WriteZonesAsync(text, loadBalancers, "cloudlb_elb_latency_seconds_count", (sample, zone) => sample.Traffic?[zone.Name, ZoneCounter.LatencyCount] ?? 0, cancellationToken);
        text.Family("cloudlb_elb_healthy_hosts", "gauge", "HealthyHostCount: registered instances that are InService.");
        await WriteZonesAsync(text, loadBalancers, "cloudlb_elb_healthy_hosts", (_, zone) => zone.Healthy, cancellationToken);
        text.Family("cloudlb_elb_unhealthy_hosts", "gauge", "UnHealthyHostCount: registered instances that are not.");
        await WriteZonesAsync(text, loadBalancers, "cloudlb_elb_unhealthy_hosts", (_, zone) => zone.Unhealthy, cancellationToken);
        text.Family("cloudlb_elb_surge_queue_length", "gauge", "SurgeQueueLength: the most that waited for an instance at once, in the last minute.");
        foreach (var sample in loadBalancers)
        {
            text.Sample("cloudlb_elb_surge_queue_length", sample.Labels, sample.Traffic?.SurgeQueue ?? 0);
            await text.FlushIfFullAsync(cancellationToken);
        }

        text.Family("cloudlb_elb_active_connections", "gauge", "EstimatedALBActiveConnectionCount: connections that clients have open.");
        foreach (var sample in loadBalancers)
        {
            text.Sample("cloudlb_elb_active_connections", sample.Labels, sample.Traffic?.ActiveConnections ?? 0);
            await text.FlushIfFullAsync(cancellationToken);
        }
    }

    private static async Task WriteZonesAsync(
        PrometheusText text, List<LoadBalancerSample> loadBalancers, string name, Func<LoadBalancerSample, ZoneSample, double> value, CancellationToken cancellationToken)
    {
        foreach (var sample in loadBalancers)
        {
            foreach (var zone in sample.Zones)
            {
                text.Sample(name, zone.Labels, value(sample, zone));
            }

            await text.FlushIfFullAsync(cancellationToken);
        }
    }

    private void WriteProcesses(PrometheusText text)
    {
        var cells = dataPlane.Cells;
        Single("cloudlb_load_balancers", store.Current.Count, "Load balancers that are stored.");
        Single("cloudlb_server_certificates", certificates.Current.Count, "IAM server certificates that are stored.");
        Single(
            "cloudlb_unserved_load_balancers", dataPlane.Faults.Select(fault => fault.LoadBalancer).Distinct().Count(key => dataPlane.WhyNotServed(key) is not null),
            "Load balancers of which no listener is served.");
        Single("cloudlb_plan_faults", dataPlane.Faults.Count, "Listeners and load balancers that cannot be served; cloudlb describe says why.");
        Single("cloudlb_reconciler_pass_failed", reconciler.LastFailure is null ? 0 : 1, "1 while the last reconcile pass has failed.");
        if (apiCertificate is not null)
        {
            var end = new DateTimeOffset(apiCertificate.Certificate.NotAfter.ToUniversalTime()).ToUnixTimeSeconds();
            Single("cloudlb_api_certificate_expiry_timestamp_seconds", end, "When the API's certificate ends, in seconds since 1970.");
        }

        OfCells("cloudlb_haproxy_up", cell => cell.ProcessId is null ? 0 : 1, "1 while a process of the cell runs.");
        OfCells("cloudlb_haproxy_load_balancers", cell => cell.LoadBalancers, "Load balancers of the cell.");
        OfCells("cloudlb_haproxy_old_processes", cell => cell.OldProcesses, "Processes of the cell that still finish connections.");

        void Single(string name, double value, string help)
        {
            text.Family(name, "gauge", help);
            text.Sample(name, [], value);
        }

        void OfCells(string name, Func<CellStatus, double> value, string help)
        {
            text.Family(name, "gauge", help);
            foreach (var cell in cells)
            {
                text.Sample(name, PrometheusText.Labels(("cell", cell.Number.ToString())), value(cell));
            }
        }
    }

    private void WriteMeters(PrometheusText text)
    {
        foreach (var (instrument, all) in meters.All)
        {
            var isHistogram = instrument is Histogram<double>;
            var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (isHistogram ? "" : "_total");
            text.Family(name, isHistogram ? "histogram" : "counter", instrument.Description ?? "");
            foreach (var series in all)
            {
                var (sum, upTo) = series.Read();
                for (var bucket = 0; isHistogram && bucket < upTo.Count; bucket++)
                {
                    var bound = bucket < MeterSeries.Bounds.Count ? MeterSeries.Bounds[bucket].ToString(System.Globalization.CultureInfo.InvariantCulture) : "+Inf";
                    text.Sample($"{name}_bucket", PrometheusText.Labels([.. series.Tags, ("le", bound)]), upTo[bucket]);
                }

                var labels = PrometheusText.Labels(series.Tags);
                text.Sample(isHistogram ? $"{name}_sum" : name, labels, sum);
                if (isHistogram)
                {
                    text.Sample($"{name}_count", labels, upTo[^1]);
                }
            }
        }
    }

    private sealed record LoadBalancerSample(LoadBalancerTraffic? Traffic, byte[] Labels, IReadOnlyList<ZoneSample> Zones);

    private sealed record ZoneSample(string Name, byte[] Labels, int Healthy, int Unhealthy);
}
