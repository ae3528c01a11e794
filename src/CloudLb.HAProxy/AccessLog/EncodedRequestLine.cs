using System.Text;
using CloudLb.Core.AccessLogs;
using static CloudLb.HAProxy.AccessLog.LogFields;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>
/// A request as processes that an earlier CloudLb has started write it, with the texts of clients in base64. What they have written and
/// nobody has read is still there when this one begins, and so may they be.
/// </summary>
internal static class EncodedRequestLine
{
    public const string Mark = "H";
    public const int FieldCount = 31;

    public static AccessLogEntry Read(string[] fields, ListenerNames listeners)
    {
        var loggedAt = Time(fields[4]);
        var receivedAt = IsNone(fields[1]) ? loggedAt - Milliseconds(fields[12]) : Time(fields[1]);
        var hasAnswered = !IsNone(fields[3]);
        var (loadBalancer, port) = listeners.Read(fields[5]);
        return new()
        {
            LoadBalancer = loadBalancer,
            Port = port,
            IsHttp = true,
            ReceivedAt = receivedAt,
            LoggedAt = loggedAt,
            Client = Endpoint(fields[6], fields[7])!,
            Instance = hasAnswered ? Endpoint(fields[8], fields[9]) : null,
            Times = hasAnswered
                ? RequestTimes.Of(receivedAt, Time(fields[2]), Time(fields[3]), Milliseconds(fields[10]) + Milliseconds(fields[11]))
                : null,
            Status = AnsweredStatus(fields[13]),
            InstanceStatus = IsNone(fields[14]) ? null : Int(fields[14]),
            ReceivedBytes = Body(fields[15], fields[17], fields[18], fields[19], isChunked: IsNone(fields[19])),
            SentBytes = hasAnswered
                ? Body(fields[16], fields[20], fields[21], fields[22], isChunked: IsNone(fields[22]) && !IsNone(fields[23]))
                : 0,
            Request = IsNone(fields[26])
                ? null
                : new(Text(fields[26]), !IsNone(fields[25]), Text(fields[28]), Text(fields[29]), Text(fields[27])),
            UserAgent = IsNone(fields[30]) ? null : Text(fields[30]),
            Cipher = Word(fields[24]),
            TlsVersion = Word(fields[25]),
        };
    }

    private static long Body(string all, string early, string earlyBody, string announced, bool isChunked) => IsNone(early)
        ? 0
        : BodyLength.Of(Long(all), Long(early), Long(earlyBody), IsNone(announced) ? null : Long(announced), isChunked);

    private static string Text(string base64) => IsNone(base64) ? "" : Encoding.Latin1.GetString(Convert.FromBase64String(base64));
}
