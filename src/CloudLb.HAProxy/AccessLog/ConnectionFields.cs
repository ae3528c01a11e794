using CloudLb.Core.AccessLogs;
using CloudLb.HAProxy.Configuration;
using static CloudLb.HAProxy.AccessLog.LogFields;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What lines say of connections: <see cref="ConnectionLogLines"/>.</summary>
internal static class ConnectionFields
{
    public const string Mark = "G";
    public const int FieldCount = 17;

    /// <summary>Of the line of a connection's first request.</summary>
    /// <param name="told">When it was accepted, after how many milliseconds TLS stood, and what certificate the client has shown.</param>
    /// <param name="id">Of the connection.</param>
    /// <param name="cipher">Null without TLS.</param>
    /// <param name="version">The same.</param>
    public static AccessLogConnection? Read(ReadOnlySpan<char> told, string? id, string? cipher, string? version)
    {
        if (IsNone(told))
        {
            return null;
        }

        var parts = new string(told).Split('/', 3);
        var handshake = Milliseconds(parts[1]);
        return new()
        {
            At = Time(parts[0]) + handshake,
            Id = id,
            IsSecure = version is not null,
            Handshake = version is null ? null : handshake,
            Cipher = cipher,
            TlsVersion = version,
            ClientCertificate = ClientCertificateFields.Read(parts.Length > 2 ? parts[2] : ""),
        };
    }

    /// <summary>A line of a connection that has not come to a request, or of a request that could not be read.</summary>
    public static AccessLogEntry ReadFailed(string[] fields, ListenerNames listeners)
    {
        var loggedAt = Time(fields[1]);
        var (loadBalancer, port) = listeners.Read(fields[2]);
        var status = Int(fields[5]);
        var isSecure = !IsNone(fields[13]);
        var isBroken = isSecure && Long(fields[13]) > 0;
        var cipher = fields[9] == "(NONE)" ? null : Word(fields[9]);
        var version = cipher is null ? null : Word(fields[10]);
        var isNew = !IsNone(fields[12]);
        var isFailed = isSecure && status == 0 && (isBroken || cipher is null);
        var entry = new AccessLogEntry
        {
            LoadBalancer = loadBalancer,
            Port = port,
            IsHttp = true,
            ReceivedAt = loggedAt - Milliseconds(fields[7]),
            LoggedAt = loggedAt,
            Client = Endpoint(fields[3], fields[4])!,

            // Of what was never sent, or given up, nothing is told where requests are logged alone.
            IsOfConnectionAlone = isNew && (status > 0 ? fields[6].StartsWith("CR", StringComparison.Ordinal) : !isBroken),
            Connection = isNew
                ? new()
                {
                    At = isFailed ? loggedAt : Time(fields[12]) + Milliseconds(fields[8]),
                    Id = Word(fields[11]),
                    IsSecure = isSecure,
                    Failure = isFailed ? ClientCertificateFields.FailureOf(fields[14], fields[15]) : null,
                    Handshake = isSecure && !isFailed ? Milliseconds(fields[8]) : null,
                    Cipher = cipher,
                    TlsVersion = version,
                    ClientCertificate = ClientCertificateFields.Read(fields[16]),
                }
                : null,
        };
        return status > 0 ? entry with { Status = status, Cipher = cipher, TlsVersion = version } : entry;
    }
}
