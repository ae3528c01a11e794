using System.Buffers;
using System.Globalization;
using System.Net;
using CloudLb.Core.AccessLogs;
using CloudLb.HAProxy.Configuration;
using static CloudLb.HAProxy.AccessLog.LogFields;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>
/// A request as <see cref="LogSections"/> has it written: numbers and names, what was captured of the request and of the answer between
/// braces, and the request's first line. No text of a client's has a brace or a bar of its own between those, so none can look like a line.
/// </summary>
internal static class RequestLine
{
    public const string Mark = "R ";

    /// <summary>The same of a listener with rules, with what became of the request by them.</summary>
    public const string ApplicationMark = "B ";

    /// <summary>The same as processes that an earlier CloudLb has started write it, which tell less.</summary>
    public const string EarlierApplicationMark = "A ";

    /// <summary>What is taken for a version that was cut off with the end of a target that is too long.</summary>
    private const string UsualVersion = "HTTP/1.1";

    private const int LongestTarget = 16384;
    private const int LongestMethod = 128;

    /// <summary>Of what was not cut; its text in the line is a little shorter, as no escaped character is cut in the middle.</summary>
    private const int ShortestCutLine = LogSections.LongestLine - 16;

    /// <summary>Reads the line that begins somewhere in a text and is its end.</summary>
    public static AccessLogEntry Read(ReadOnlySpan<char> text, ListenerNames listeners)
    {
        var isEarlier = text.StartsWith(EarlierApplicationMark);
        var isApplication = isEarlier || text.StartsWith(ApplicationMark);
        var rest = text[Mark.Length..];
        var loggedAt = Time(Next(ref rest));
        var (loadBalancer, port) = listeners.Read(Next(ref rest));
        var client = Endpoint(Next(ref rest), Next(ref rest));
        var instance = Endpoint(Next(ref rest), Next(ref rest));
        var receiving = Milliseconds(Next(ref rest));
        var waited = Milliseconds(Next(ref rest)) + Milliseconds(Next(ref rest));
        var active = Milliseconds(Next(ref rest));
        var status = AnsweredStatus(Next(ref rest));
        var (receivedBytes, sentBytes) = (Long(Next(ref rest)), Long(Next(ref rest)));
        var begun = Next(ref rest);
        var (cipher, version) = (Word(Next(ref rest)), Word(Next(ref rest)));
        var fields = isApplication ? DecisionFields.Read(ref rest, listeners, isEarlier) : default;
        var request = CapturedSlots.Read(ref rest, isApplication ? 7 : 6);
        var answer = CapturedSlots.Read(ref rest, 6);
        var receivedAt = IsNone(request[5]) ? loggedAt - (active > receiving ? active - receiving : TimeSpan.Zero) : Time(request[5]);
        var hasAnswered = !IsNone(answer[2]);
        var asked = Request(rest, version is not null, EscapedText.Read(request[0]), text.Length >= ShortestCutLine);
        return new()
        {
            LoadBalancer = loadBalancer,
            Port = port,
            IsHttp = true,
            ReceivedAt = receivedAt,
            LoggedAt = loggedAt,
            Client = client!,
            Instance = hasAnswered ? instance : null,
            Times = hasAnswered ? RequestTimes.Of(receivedAt, receivedAt, Time(answer[2]), waited) : null,
            Status = status,
            InstanceStatus = hasAnswered ? Int(answer[5]) : null,
            ReceivedBytes = Received(receivedBytes, begun, Announced(request[2])),
            SentBytes = hasAnswered ? Sent(sentBytes, answer) : 0,
            Request = asked,
            UserAgent = IsNone(request[1]) ? null : EscapedText.Read(request[1]),
            Cipher = cipher,
            TlsVersion = version,
            Decision = isApplication
                ? fields.Decide(status, receivedBytes, sentBytes, asked, request[2], request[3], request[6])
                : null,
            Connection = isApplication ? ConnectionFields.Read(fields.NewConnection, fields.ConnectionId, cipher, version) : null,
            IsOfConnectionAlone = isApplication && fields.Section.IsPassedOn,
        };
    }

    private static long Received(long all, ReadOnlySpan<char> begun, long? announced)
    {
        if (IsNone(begun))
        {
            return 0;
        }

        var slash = begun.IndexOf('/');
        return BodyLength.Of(all, Long(begun[..slash]), Long(begun[(slash + 1)..]), announced, isChunked: announced is null);
    }

    private static long Sent(long all, CapturedSlots answer) => BodyLength.Of(
        all, Long(answer[3]), Long(answer[4]), Announced(answer[0]), isChunked: IsNone(answer[0]) && !IsNone(answer[1]));

    /// <summary>A length that HAProxy has let pass; none for one with more digits than were kept.</summary>
    private static long? Announced(ReadOnlySpan<char> length) =>
        long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var announced) ? announced : null;

    /// <summary>Reads what HAProxy has kept of the request's first line; null when there was none that could be read.</summary>
    private static AccessLogRequest? Request(ReadOnlySpan<char> line, bool isSecure, string host, bool isCut)
    {
        const string None = "<BADREQ>";
        if (line is None)
        {
            return null;
        }

        Span<Range> words = stackalloc Range[4];
        var count = line.Split(words, ' ');
        if (count > 3)
        {
            throw new FormatException("The request's first line has too many words.");
        }

        var version = count == 3 ? line[words[2]] : [];
        if (version.Length < UsualVersion.Length)
        {
            version = isCut || EscapedText.Read(line).Length >= LogSections.LongestRequestLine - 1
                ? UsualVersion
                : throw new FormatException("It ends before the request's first line does.");
        }

        var target = count > 1 ? EscapedText.Read(line[words[1]]) : "";
        return new(
            MethodOf(line[words[0]]), isSecure, host, Cut(target, LongestTarget), VersionOf(version[(version.IndexOf('/') + 1)..]));
    }

    // What nearly every line has is not made anew for each.
    private static string MethodOf(ReadOnlySpan<char> text) => text switch
    {
        "GET" => "GET",
        "POST" => "POST",
        _ => Cut(EscapedText.Read(text), LongestMethod),
    };

    private static string VersionOf(ReadOnlySpan<char> text) => text switch
    {
        "1.1" => "1.1",
        "2.0" => "2.0",
        _ => new string(text),
    };

    private static string Cut(string text, int most) => text.Length > most ? text[..most] : text;

    private static IPEndPoint? Endpoint(ReadOnlySpan<char> address, ReadOnlySpan<char> port)
    {
        if (IsNone(address))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        return Convert.FromHexString(address, bytes, out _, out var length) == OperationStatus.Done
            ? LogFields.Endpoint(new IPAddress(bytes[..length]), port)
            : throw new FormatException("It is no address.");
    }

    /// <summary>The next field, which ends with a blank.</summary>
    internal static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(' ');
        var field = end > 0 ? rest[..end] : throw new FormatException("A field is missing.");
        rest = rest[(end + 1)..];
        return field;
    }
}
