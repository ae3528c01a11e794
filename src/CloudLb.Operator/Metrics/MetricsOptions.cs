using System.ComponentModel.DataAnnotations;

namespace CloudLb.Operator.Metrics;

/// <summary>Where monitoring finds <c>/metrics</c>, <c>/health</c> and <c>/ready</c>, and where metrics are sent.</summary>
public sealed class MetricsOptions
{
    public const string Section = "CloudLb:Metrics";

    /// <summary>Whether the three are there. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A place of their own: <c>http://</c>, an address and a port. Default none: where the API listens.</summary>
    public string? Url { get; set; }

    /// <summary>
    /// A collector that the same metrics are sent to in OpenTelemetry's protocol, protobuf over HTTP: <c>http://</c> or <c>https://</c>, without a path:
    /// <c>/v1/metrics</c>. Default none.
    /// </summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How often they are sent: 1 second to 1 hour, default 1 minute, which is OpenTelemetry's own.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan OtlpInterval { get; set; } = TimeSpan.FromMinutes(1);
}
