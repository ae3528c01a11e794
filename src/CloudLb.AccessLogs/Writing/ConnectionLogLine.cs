using System.Globalization;
using CloudLb.Core.AccessLogs;
using static CloudLb.AccessLogs.Writing.ApplicationLogLine;

namespace CloudLb.AccessLogs.Writing;

/// <summary>One line of an application load balancer's connection log, as the user guide describes it (text of 2026).</summary>
internal static class ConnectionLogLine
{
    public static void Append(LogText line, AccessLogEntry entry, AccessLogConnection connection, LoggedLoadBalancer loadBalancer)
    {
        line.Append(connection.At).Append(' ').Append(entry.Client.Address).Append(' ')
            .Append(entry.Client.Port).Append(' ').Append(entry.Port).Append(' ')
            .Field(connection.TlsVersion).Field(connection.Cipher).Seconds(connection.Handshake, SecondsDigits)
            .Quoted(connection.ClientCertificate?.Subject).Field(ValidityOf(connection.ClientCertificate))
            .Field(connection.ClientCertificate?.Serial).Field(StatusOf(connection)).Field(IdOf(connection.Id));

        // The key exchange, which HAProxy does not tell.
        line.Append("- ").Field(loadBalancer.Application?.Path).Append(loadBalancer.Address).Append('\n');
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
