using System.Text;
using CloudLb.Core.AccessLogs;
using CloudLb.HAProxy.Configuration;
using static CloudLb.HAProxy.AccessLog.LogFields;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>A connection of a network load balancer's TLS listener, as <see cref="TlsLogLines"/> has it written.</summary>
internal static class TlsFields
{
    public const string Mark = "N";
    public const int FieldCount = 17;

    // In OpenSSL's numbers a reason has twelve bits, and one that is an alert of the other side's is a thousand more than that.
    private const int Reason = 0xFFF, FirstAlert = 1000, MostAlerts = 256;

    public static AccessLogEntry Read(string[] fields, ListenerNames listeners)
    {
        var loggedAt = Time(fields[1]);
        var (loadBalancer, port) = listeners.Read(fields[2]);
        var duration = Milliseconds(fields[8]);
        var cipher = fields[11] == "(NONE)" ? null : Word(fields[11]);
        var error = IsNone(fields[16]) ? 0 : Long(fields[16]);
        var isFailed = error > 0 || cipher is null || Long(fields[7]) < 0;
        return new()
        {
            LoadBalancer = loadBalancer,
            Port = port,
            IsHttp = false,
            ReceivedAt = loggedAt - duration,
            LoggedAt = loggedAt,
            Client = Endpoint(fields[3], fields[4])!,
            ReceivedBytes = Long(fields[9]),
            SentBytes = Long(fields[10]),
            Cipher = isFailed ? null : cipher,
            TlsVersion = isFailed ? null : Word(fields[12]),
            Tls = new()
            {
                Destination = Endpoint(fields[5], fields[6])!,
                Duration = duration,
                Handshake = isFailed ? null : Milliseconds(fields[7]),
                Alert = AlertOf(error),
                ServerName = Text(fields[13]),
                Alpn = isFailed ? null : Text(fields[14]),
                Certificate = Word(fields[15]),
            },
        };
    }

    private static int? AlertOf(long error) =>
        (int)(error & Reason) - FirstAlert is >= 0 and < MostAlerts and var alert ? alert : null;

    private static string? Text(string base64) => IsNone(base64) ? null : Encoding.Latin1.GetString(Convert.FromBase64String(base64));
}
