using System.Globalization;
using System.Text;
using CloudLb.Core.AccessLogs;
using static CloudLb.AccessLogs.Writing.ApplicationLogLine;

namespace CloudLb.AccessLogs.Writing;

/// <summary>One line of an application load balancer's connection log, as the user guide describes it (text of 2026).</summary>
internal static class ConnectionLogLine
{
    public static void Append(StringBuilder line, AccessLogEntry entry, AccessLogConnection connection, LoggedLoadBalancer loadBalancer)
    {
        line.Append(Time(connection.At)).Append(' ').Append(entry.Client.Address).Append(' ')
            .Append(CultureInfo.InvariantCulture, $"{entry.Client.Port} {entry.Port} ");
        Field(line, connection.TlsVersion);
        Field(line, connection.Cipher);
        Field(line, connection.Handshake is { } handshake ? Seconds(handshake) : null);

        Quoted(line, connection.ClientCertificate?.Subject);
        Field(line, ValidityOf(connection.ClientCertificate));
        Field(line, connection.ClientCertificate?.Serial);
        Field(line, StatusOf(connection));
        Field(line, IdOf(connection.Id));

        // The key exchange, which HAProxy does not tell.
        Field(line, null);
        Field(line, loadBalancer.Application?.Path);
        line.Append(loadBalancer.Address).Append('\n');
    }

    /// <summary>How the line of a connection, and those of its requests, name it.</summary>
    public static string? IdOf(string? id) => id is null ? null : $"TID_{id.Replace("-", "", StringComparison.Ordinal)}";

    private static string? StatusOf(AccessLogConnection connection) => connection switch
    {
        { IsSecure: false } => null,
        { Failure: { } failure } => $"Failed:{failure}",
        _ => "Success",
    };

    private static string? ValidityOf(AccessLogClientCertificate? certificate) =>
        certificate is { NotBefore: { } before, NotAfter: { } after } ? $"NotBefore={Second(before)};NotAfter={Second(after)}" : null;

    private static string Second(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
