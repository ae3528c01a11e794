using CloudLb.Core.AccessLogs;

namespace CloudLb.AccessLogs.Writing;

/// <summary>One line of a Classic load balancer's log, as the user guide describes it (text of 2022).</summary>
/// <remarks>
/// How AWS writes what could be mistaken is not documented. Here quotes, backslashes and what is not printable ASCII are <c>\xHH</c>, a
/// byte each, and so are blanks within the request: a line has its fifteen fields whatever the client sent.
/// </remarks>
internal static class AccessLogLine
{
    private const int SecondsDigits = 6;

    /// <summary>Of a host in the request, so that the rest of it is seen.</summary>
    private const int LongestHost = 255;

    public static void Append(LogText line, AccessLogEntry entry, LoggedLoadBalancer loadBalancer)
    {
        if (loadBalancer.Application is { } application)
        {
            ApplicationLogLine.Append(line, entry, loadBalancer, application);
            return;
        }

        if (loadBalancer.Network is { } network)
        {
            if (entry.Tls is { } tls)
            {
                NetworkLogLine.Append(line, entry, tls, network);
            }

            return;
        }

        line.Append(entry.ReceivedAt).Append(' ').Append(loadBalancer.Id.Name).Append(' ').Append(entry.Client).Append(' ');
        line.Field(entry.Instance).Times(entry.Times, SecondsDigits).Field(entry.Status);
        line.Field(entry.IsHttp ? entry.InstanceStatus ?? 0 : null);
        line.Append(entry.ReceivedBytes).Append(' ').Append(entry.SentBytes).Append(" \"");
        AppendRequest(line, entry, loadBalancer);
        line.Append("\" ").Quoted(entry.UserAgent).Field(entry.Cipher).Field(entry.TlsVersion).EndFields();
    }

    internal static void AppendRequest(LogText line, AccessLogEntry entry, LoggedLoadBalancer loadBalancer)
    {
        if (!entry.IsHttp)
        {
            line.Append("- - - ");
            return;
        }

        if (entry.Request is not { } request)
        {
            var isSecure = loadBalancer.SecurePorts.Contains(entry.Port);
            line.Append(isSecure ? "- https://" : "- http://").Append(loadBalancer.DnsName).Append(':').Append(entry.Port).Append("- ");
            return;
        }

        line.AppendEscaped(request.Method, isBlankEscaped: true);
        line.Append(request.IsSecure ? " https://" : " http://");
        var host = WithoutPort(request.Host);
        line.AppendEscaped(host.Length == 0 ? loadBalancer.DnsName : host[..Math.Min(host.Length, LongestHost)], isBlankEscaped: true);
        line.Append(':').Append(entry.Port).AppendEscaped(Path(request.Target), isBlankEscaped: true);
        line.Append(" HTTP/").AppendEscaped(request.Version, isBlankEscaped: true);
    }

    private static ReadOnlySpan<char> WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon > host.LastIndexOf(']') ? host.AsSpan(0, colon) : host;
    }

    /// <summary>
    /// A target that names scheme and host, as one for a proxy does, has only its path written: those stand before it already.
    /// </summary>
    private static string Path(string target)
    {
        if (target.StartsWith('/'))
        {
            return target;
        }

        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        var path = scheme > 0 ? target.IndexOf('/', scheme + 3) : -1;
        return path > 0 ? target[path..] : scheme > 0 ? "/" : $"/{target}";
    }
}
