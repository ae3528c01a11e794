using System.ComponentModel.DataAnnotations;

namespace CloudLb.Operator.Metrics;

/// <summary>Where monitoring finds <c>/metrics</c>, <c>/health</c> and <c>/ready</c>, and where metrics are sent.</summary>
public sealed class MetricsOptions : IValidatableObject
{
    public const string Section = "CloudLb:Metrics";

    /// <summary>Whether the three are there. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A place of their own: <c>http://</c>, an address and a port. Default none: where the API listens.</summary>
    public string? Url { get; set; }

    /// <summary>
    /// A collector that the same metrics are sent to in OpenTelemetry's protocol, protobuf over HTTP: <c>http://</c> or <c>https://</c>,
    /// without a path:
    /// <c>/v1/metrics</c>. Default none.
    /// </summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How often they are sent: 1 second to 1 hour, default 1 minute, which is OpenTelemetry's own.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan OtlpInterval { get; set; } = TimeSpan.FromMinutes(1);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        var hasUrl = !string.IsNullOrEmpty(Url);
        if (hasUrl && !Enabled)
        {
            yield return new($"{Section}:Url has no effect, as {Section}:Enabled is false; remove one of them.");
        }
        else if (hasUrl && WhyNot(Url!) is { } fault)
        {
            yield return new($"{Section}:Url is '{Url}'; {fault}.");
        }

        if (!string.IsNullOrEmpty(OtlpEndpoint) &&
            !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https"))
        {
            yield return new($"{Section}:OtlpEndpoint is '{OtlpEndpoint}'; it must be http:// or https:// with a host, such as " +
                "http://127.0.0.1:4318.");
        }
    }

    private static string? WhyNot(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp
            || url.AbsolutePath != "/" || url.Query.Length > 0)
        {
            return "it must be http:// with a host and a port, such as http://127.0.0.1:9400";
        }

        return url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || url.Host == "localhost"
            ? null
            : "its host must be an address of this machine, 0.0.0.0 or [::] for all of them, or localhost";
    }
}
