using System.Globalization;
using System.Net;
using System.Text;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>Reads the lines that <see cref="LogSections"/> has HAProxy write. Used by one thread at a time.</summary>
internal sealed class RawLogReader
{
    /// <summary>What a line of each kind begins with, and how many fields it has.</summary>
    private static readonly (string Mark, int Fields)[] Kinds = [("H", 31), ("T", 15), ("E", 9), ("F", 8)];

    /// <summary>HAProxy's word for the status of a request that was answered nothing.</summary>
    private const int NoStatus = -1;

    private readonly Dictionary<string, (LoadBalancerId LoadBalancer, int Port)> _listeners = [];

    /// <summary>What a line says; null for one that is not ours, or cut, or otherwise broken.</summary>
    /// <remarks>
    /// A full disk takes half a line, and the next one that it takes follows without a break. So a line is known by its end, whatever
    /// stands before it: only the half is lost.
    /// </remarks>
    /// <param name="isBroken">Whether something of ours in it cannot be read; what is not ours is HAProxy's notes on its own life.</param>
    public AccessLogEntry? Read(ReadOnlySpan<byte> line, out bool isBroken)
    {
        isBroken = IsOurs(line);
        var fields = Encoding.ASCII.GetString(line).Split(' ');
        foreach (var (mark, count) in Kinds)
        {
            if (fields.Length >= count
                && fields[^count].EndsWith(mark, StringComparison.Ordinal)
                && Read(mark, fields[^count..]) is { } entry)
            {
                isBroken &= fields.Length > count;
                return entry;
            }
        }

        return null;
    }

    /// <summary>Whether it begins as one of ours.</summary>
    private static bool IsOurs(ReadOnlySpan<byte> line) =>
        line.Length > 1 && line[0] is (byte)'H' or (byte)'T' or (byte)'E' or (byte)'F' && line[1] == ' ';

    private AccessLogEntry? Read(string mark, string[] fields)
    {
        try
        {
            return mark switch
            {
                "H" => Http(fields),
                "T" => Tcp(fields),
                "E" => HttpError(fields),
                _ => TcpError(fields),
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private AccessLogEntry Http(string[] fields)
    {
        var loggedAt = Time(fields[4]);
        var receivedAt = IsNone(fields[1]) ? loggedAt - Milliseconds(fields[12]) : Time(fields[1]);
        var hasAnswered = !IsNone(fields[3]);
        int? instanceStatus = IsNone(fields[14]) ? null : Int(fields[14]);
        var (loadBalancer, port) = Listener(fields[5]);
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
                ? HttpTimes(receivedAt, Time(fields[2]), Time(fields[3]), Milliseconds(fields[10]) + Milliseconds(fields[11]))
                : null,
            Status = Int(fields[13]) is not NoStatus and var status ? status : null,
            InstanceStatus = instanceStatus,
            ReceivedBytes = Body(Long(fields[15]), fields[17], fields[18], fields[19], isChunked: IsNone(fields[19])),
            SentBytes = hasAnswered && !IsNone(fields[20])
                ? Body(Long(fields[16]), fields[20], fields[21], fields[22], isChunked: IsNone(fields[22]) && !IsNone(fields[23]))
                : 0,
            Request = IsNone(fields[26])
                ? null
                : new(Text(fields[26]), !IsNone(fields[25]), Text(fields[28]), Text(fields[29]), Text(fields[27])),
            UserAgent = IsNone(fields[30]) ? null : Text(fields[30]),
            Cipher = Word(fields[24]),
            TlsVersion = Word(fields[25]),
        };
    }

    private AccessLogEntry Tcp(string[] fields)
    {
        var loggedAt = Time(fields[2]);
        var (loadBalancer, port) = Listener(fields[3]);
        var hasTraffic = Long(fields[11]) > 0 && Int(fields[9]) >= 0;
        return new()
        {
            LoadBalancer = loadBalancer,
            Port = port,
            IsHttp = false,
            ReceivedAt = IsNone(fields[1]) ? loggedAt - Milliseconds(fields[10]) : Time(fields[1]),
            LoggedAt = loggedAt,
            Client = Endpoint(fields[4], fields[5])!,
            Instance = Int(fields[9]) >= 0 ? Endpoint(fields[6], fields[7]) : null,
            Times = hasTraffic ? new(Milliseconds(fields[8]) + Milliseconds(fields[9]), Milliseconds(fields[9]), TimeSpan.Zero) : null,
            ReceivedBytes = Long(fields[11]),
            SentBytes = Long(fields[12]),
            Cipher = Word(fields[13]),
            TlsVersion = Word(fields[14]),
        };
    }

    /// <summary>A request that never became one, or a handshake that failed, which is answered nothing.</summary>
    private AccessLogEntry HttpError(string[] fields)
    {
        var failed = Failed(fields, isHttp: true, Milliseconds(fields[6]));
        return Int(fields[5]) is > 0 and var status
            ? failed with { Status = status, Cipher = Word(fields[7]), TlsVersion = Word(fields[8]) }
            : failed;
    }

    /// <summary>A handshake that failed.</summary>
    private AccessLogEntry TcpError(string[] fields) => Failed(fields, isHttp: false, Milliseconds(fields[5]));

    private AccessLogEntry Failed(string[] fields, bool isHttp, TimeSpan duration)
    {
        var loggedAt = Time(fields[1]);
        var (loadBalancer, port) = Listener(fields[2]);
        return new()
        {
            LoadBalancer = loadBalancer,
            Port = port,
            IsHttp = isHttp,
            ReceivedAt = loggedAt - duration,
            LoggedAt = loggedAt,
            Client = Endpoint(fields[3], fields[4])!,
        };
    }

    /// <summary>
    /// The queue and connecting come after the instant at which the request was ready to be sent, and are counted as the load balancer's.
    /// </summary>
    private static AccessLogTimes HttpTimes(DateTimeOffset received, DateTimeOffset ready, DateTimeOffset answered, TimeSpan waited)
    {
        var answering = answered - ready;
        var waiting = waited < answering ? waited : answering;
        return new(ready - received + waiting, answering - waiting, TimeSpan.Zero);
    }

    /// <summary>The bytes of a body.</summary>
    /// <param name="all">Everything that was counted.</param>
    /// <param name="early">How much of it was there when the headers had been read.</param>
    /// <param name="earlyBody">How much of that was of the body.</param>
    /// <param name="announced">Content-Length, of what was not chunked.</param>
    /// <param name="isChunked">HAProxy counts the end of a chunked body as a byte.</param>
    private static long Body(long all, string early, string earlyBody, string announced, bool isChunked)
    {
        if (IsNone(early))
        {
            return 0;
        }

        var later = all - Long(early);
        var body = Long(earlyBody) + Math.Max(0, isChunked && later > 0 ? later - 1 : later);
        return IsNone(announced) ? body : Math.Min(body, Long(announced));
    }

    private (LoadBalancerId LoadBalancer, int Port) Listener(string name)
    {
        if (!_listeners.TryGetValue(name, out var listener))
        {
            listener = ProxyName.TryParse(name, out var loadBalancer, out var port)
                ? (loadBalancer, Int(port))
                : throw new FormatException("It names no listener.");
            _listeners[name] = listener;
        }

        return listener;
    }

    private static IPEndPoint? Endpoint(string address, string port) =>
        IsNone(address)
            ? null
            : new(
                IPAddress.Parse(address) is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : IPAddress.Parse(address), Int(port));

    private static DateTimeOffset Time(string microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(Long(microseconds) * TimeSpan.TicksPerMicrosecond);

    private static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(Math.Max(0, Long(text)));

    private static string Text(string base64) => IsNone(base64) ? "" : Encoding.Latin1.GetString(Convert.FromBase64String(base64));

    private static string? Word(string text) => IsNone(text) ? null : text;

    private static bool IsNone(string text) => text is "-" or "";

    private static int Int(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static long Long(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
