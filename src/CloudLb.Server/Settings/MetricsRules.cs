using CloudLb.Operator.Metrics;
using CloudLb.Operator.Monitoring;

namespace CloudLb.Server.Settings;

/// <summary>What must be true of where monitoring is answered.</summary>
internal static class MetricsRules
{
    /// <summary>One sentence for each fault.</summary>
    public static IEnumerable<string> Faults(MetricsOptions options, ServerOptions server)
    {
        var hasUrl = !string.IsNullOrEmpty(options.Url);
        if (hasUrl && !options.Enabled)
        {
            yield return "CloudLb:Metrics:Url has no effect, as CloudLb:Metrics:Enabled is false; remove one of them.";
        }
        else if (hasUrl && WhyNot(options.Url!) is { } fault)
        {
            yield return $"CloudLb:Metrics:Url is '{options.Url}'; {fault}.";
        }

        if (!string.IsNullOrEmpty(options.OtlpEndpoint) &&
            !(Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https"))
        {
            yield return $"CloudLb:Metrics:OtlpEndpoint is '{options.OtlpEndpoint}'; it must be http:// or https:// with a host, such as http://127.0.0.1:4318.";
        }

        foreach (var path in server.ServicePaths.Where(path => options.Enabled && !hasUrl && MonitoringEndpoints.Paths.Contains(path)))
        {
            yield return $"CloudLb:ServicePaths has '{path}', where monitoring is answered; give that a place of its own with CloudLb:Metrics:Url, or switch it off.";
        }
    }

    private static string? WhyNot(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.AbsolutePath != "/" || url.Query.Length > 0)
        {
            return "it must be http:// with a host and a port, such as http://127.0.0.1:9400";
        }

        return url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || url.Host == "localhost"
            ? null
            : "its host must be an address of this machine, 0.0.0.0 or [::] for all of them, or localhost";
    }
}
