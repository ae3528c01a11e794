using System.Globalization;
using System.Text;
using CloudLb.Core.AccessLogs;

namespace CloudLb.AccessLogs.Writing;

/// <summary>One line of a Classic load balancer's log, as the user guide describes it (text of 2022).</summary>
/// <remarks>
/// How AWS writes what could be mistaken is not documented. Here quotes, backslashes and what is not printable ASCII are <c>\xHH</c>, a
/// byte each, and so are blanks within the request: a line has its fifteen fields whatever the client sent.
/// </remarks>
internal static class AccessLogLine
{
    /// <summary>Of a host in the request, so that the rest of it is seen.</summary>
    private const int LongestHost = 255;

    public static void Append(StringBuilder line, AccessLogEntry entry, LoggedLoadBalancer loadBalancer)
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

        line.Append(entry.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)).Append(' ')
            .Append(loadBalancer.Id.Name).Append(' ')
            .Append(entry.Client).Append(' ');
        Append(line, entry.Instance?.ToString());
        if (entry.Times is { } times)
        {
            Append(line, times.Request).Append(' ');
            Append(line, times.Instance).Append(' ');
            Append(line, times.Response).Append(' ');
        }
        else
        {
            line.Append("-1 -1 -1 ");
        }

        Append(line, entry.Status?.ToString(CultureInfo.InvariantCulture));
        Append(line, entry.IsHttp ? (entry.InstanceStatus ?? 0).ToString(CultureInfo.InvariantCulture) : null);
        line.Append(CultureInfo.InvariantCulture, $"{entry.ReceivedBytes} {entry.SentBytes} \"");
        AppendRequest(line, entry, loadBalancer);
        line.Append("\" \"");
        AppendEscaped(line, string.IsNullOrEmpty(entry.UserAgent) ? "-" : entry.UserAgent, isBlankEscaped: false);
        line.Append("\" ").Append(entry.Cipher ?? "-").Append(' ').Append(entry.TlsVersion ?? "-").Append('\n');
    }

    internal static void AppendRequest(StringBuilder line, AccessLogEntry entry, LoggedLoadBalancer loadBalancer)
    {
        if (!entry.IsHttp)
        {
            line.Append("- - - ");
            return;
        }

        if (entry.Request is not { } request)
        {
            var isSecure = loadBalancer.SecurePorts.Contains(entry.Port);
            line.Append(CultureInfo.InvariantCulture, $"- {(isSecure ? "https" : "http")}://{loadBalancer.DnsName}:{entry.Port}- ");
            return;
        }

        AppendEscaped(line, request.Method, isBlankEscaped: true);
        line.Append(request.IsSecure ? " https://" : " http://");
        var host = WithoutPort(request.Host);
        AppendEscaped(line, host.Length == 0 ? loadBalancer.DnsName : host[..Math.Min(host.Length, LongestHost)], isBlankEscaped: true);
        line.Append(CultureInfo.InvariantCulture, $":{entry.Port}");
        AppendEscaped(line, Path(request.Target), isBlankEscaped: true);
        line.Append(" HTTP/");
        AppendEscaped(line, request.Version, isBlankEscaped: true);
    }

    private static string WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon > host.LastIndexOf(']') ? host[..colon] : host;
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

    private static void Append(StringBuilder line, string? field) => line.Append(field ?? "-").Append(' ');

    private static StringBuilder Append(StringBuilder line, TimeSpan time) =>
        line.Append(time.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture));

    internal static void AppendEscaped(StringBuilder line, string text, bool isBlankEscaped)
    {
        foreach (var character in text)
        {
            if (character is < ' ' or > '~' or '"' or '\\' || (isBlankEscaped && character == ' '))
            {
                line.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}");
            }
            else
            {
                line.Append(character);
            }
        }
    }
}
