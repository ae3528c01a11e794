using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CloudLb.Operator.Metrics;

/// <summary>Sends what the rooms' instruments say to a collector, in OpenTelemetry's protocol.</summary>
internal static class OtlpExport
{
    private const string UsualPath = "/v1/metrics";

    /// <summary>
    /// Series of one instrument that are kept apart: 10,000 load balancers in four zones. OpenTelemetry makes room for all of them at
    /// once, some 100 bytes each, where 2,000 are usual; what is more would be one series without labels.
    /// </summary>
    private const int MostSeries = 40_000;

    private const int ExportMilliseconds = 5_000;

    /// <param name="services">Where it is added.</param>
    /// <param name="options">They name an endpoint.</param>
    public static void AddTo(IServiceCollection services, MetricsOptions options) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("cloudlb", serviceVersion: VersionOf(typeof(OtlpExport).Assembly)))
        .WithMetrics(metrics => metrics
            .AddMeter("CloudLb.*")
            .AddView(View)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = AddressOf(options.OtlpEndpoint!);
                exporter.TimeoutMilliseconds = ExportMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.OtlpInterval.TotalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = ExportMilliseconds;
            }));

    private static MetricStreamConfiguration? View(Instrument instrument) => instrument switch
    {
        Histogram<double> => new ExplicitBucketHistogramConfiguration { Boundaries = [.. MeterSeries.Bounds] },
        { IsObservable: true, Meter.Name: "CloudLb.Elb" or "CloudLb.ElbV2" } =>
            new MetricStreamConfiguration { CardinalityLimit = MostSeries },
        _ => null,
    };

    private static Uri AddressOf(string endpoint) => new Uri(endpoint) is { AbsolutePath: "/" } bare ? new(bare, UsualPath) : new(endpoint);

    private static string? VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
