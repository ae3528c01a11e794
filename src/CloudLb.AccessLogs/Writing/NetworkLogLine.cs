using System.Globalization;
using System.Text;
using CloudLb.Core.AccessLogs;
using static CloudLb.AccessLogs.Writing.ApplicationLogLine;

namespace CloudLb.AccessLogs.Writing;

/// <summary>One line of a network load balancer's log, which is of connections by TLS alone, as the user guide describes it.</summary>
internal static class NetworkLogLine
{
    private const string Version = "2.0";

    public static void Append(StringBuilder line, AccessLogEntry entry, AccessLogTls tls, LoggedNetwork network)
    {
        line.Append("tls ").Append(Version).Append(' ').Append(Moment(entry.LoggedAt)).Append(' ').Append(network.Path).Append(' ');
        Field(line, network.Listeners.GetValueOrDefault(entry.Port));
        line.Append(entry.Client).Append(' ').Append(tls.Destination).Append(' ');
        Field(line, Milliseconds(tls.Duration));
        Field(line, tls.Handshake is { } handshake ? Milliseconds(handshake) : null);
        line.Append(CultureInfo.InvariantCulture, $"{entry.ReceivedBytes} {entry.SentBytes} ");
        Field(line, tls.Alert?.ToString(CultureInfo.InvariantCulture));
        Field(line, entry.Cipher is null ? null : network.Certificates.Find(entry.Port, tls.Certificate));

        // The certificate's serial number, which AWS does not tell either.
        Field(line, null);
        Field(line, entry.Cipher);
        Field(line, VersionOf(entry.TlsVersion));

        // The group of the key exchange, which HAProxy does not tell.
        Field(line, null);
        Text(line, tls.ServerName);
        Text(line, tls.Alpn);

        // What was agreed on with the target, which is asked for nothing, and what the client would have had, which HAProxy does not tell.
        line.Append("- - ").Append(Moment(entry.ReceivedAt)).Append('\n');
    }

    private static void Text(StringBuilder line, string? text)
    {
        AccessLogLine.AppendEscaped(line, string.IsNullOrEmpty(text) ? "-" : text, isBlankEscaped: true);
        line.Append(' ');
    }

    /// <summary>As <c>tlsv12</c> and <c>tlsv1</c>.</summary>
    private static string? VersionOf(string? version) => version switch
    {
        null => null,
        "TLSv1.0" => "tlsv1",
        _ => version.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant(),
    };

    private static string Moment(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
