using System.Globalization;
using CloudLb.Core.AccessLogs;

namespace CloudLb.AccessLogs.Writing;

/// <summary>One line of a network load balancer's log, which is of connections by TLS alone, as the user guide describes it.</summary>
internal static class NetworkLogLine
{
    private const string Version = "2.0";

    public static void Append(LogText line, AccessLogEntry entry, AccessLogTls tls, LoggedNetwork network)
    {
        line.Append("tls ").Append(Version).Append(' ').Append(Moment(entry.LoggedAt)).Append(' ').Append(network.Path).Append(' ');
        line.Field(network.Listeners.GetValueOrDefault(entry.Port)).Append(entry.Client).Append(' ').Append(tls.Destination).Append(' ')
            .Field(Milliseconds(tls.Duration)).Field(tls.Handshake is { } handshake ? Milliseconds(handshake) : null)
            .Append(entry.ReceivedBytes).Append(' ').Append(entry.SentBytes).Append(' ')
            .Field(tls.Alert).Field(entry.Cipher is null ? null : network.Certificates.Find(entry.Port, tls.Certificate));

        // The certificate's serial number, which AWS does not tell either.
        line.Append("- ").Field(entry.Cipher).Field(VersionOf(entry.TlsVersion));

        // The group of the key exchange, which HAProxy does not tell.
        line.Append("- ");
        Text(line, tls.ServerName);
        Text(line, tls.Alpn);

        // What was agreed on with the target, which is asked for nothing, and what the client would have had, which HAProxy does not tell.
        line.Append("- - ").Append(Moment(entry.ReceivedAt)).Append('\n');
    }

    private static void Text(LogText line, string? text)
    {
        line.AppendEscaped(string.IsNullOrEmpty(text) ? "-" : text, isBlankEscaped: true).Append(' ');
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

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
