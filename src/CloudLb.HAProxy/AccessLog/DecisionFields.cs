using System.Text;
using CloudLb.Core.AccessLogs;
using CloudLb.HAProxy.Configuration;
using static CloudLb.HAProxy.AccessLog.LogFields;
using static CloudLb.HAProxy.AccessLog.RequestLine;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What became of a request by the rules of its listener, as <see cref="LogSections"/> has it written.</summary>
internal readonly ref struct DecisionFields
{
    private const int Refused = 400;

    /// <summary>Where the request came to its end.</summary>
    public required RequestSection Section { get; init; }

    public string? ConnectionId { get; private init; }

    /// <summary>What is told of the connection with its first request alone.</summary>
    public ReadOnlySpan<char> NewConnection { get; private init; }

    private ReadOnlySpan<char> Ended { get; init; }

    private ReadOnlySpan<char> Rule { get; init; }

    private ReadOnlySpan<char> Action { get; init; }

    private ReadOnlySpan<char> Location { get; init; }

    private ReadOnlySpan<char> Close { get; init; }

    private ReadOnlySpan<char> ServerName { get; init; }

    private ReadOnlySpan<char> Certificate { get; init; }

    private ReadOnlySpan<char> Host { get; init; }

    private ReadOnlySpan<char> Target { get; init; }

    /// <param name="rest">Begins with these fields; ends behind them.</param>
    /// <param name="names">Of sections.</param>
    /// <param name="isEarlier">Whether there are but those of <see cref="RequestLine.EarlierApplicationMark"/>.</param>
    public static DecisionFields Read(ref ReadOnlySpan<char> rest, ListenerNames names, bool isEarlier) => new()
    {
        Section = names.ReadSection(Next(ref rest)),
        Ended = Next(ref rest),
        Rule = Next(ref rest),
        Action = Next(ref rest),
        Location = Next(ref rest),
        Close = Next(ref rest),
        ConnectionId = Word(Next(ref rest)),
        ServerName = Next(ref rest),
        Certificate = isEarlier ? [] : Next(ref rest),
        NewConnection = isEarlier ? [] : Next(ref rest),
        Host = isEarlier ? [] : Next(ref rest),
        Target = isEarlier ? [] : Next(ref rest),
    };

    /// <param name="status">What the client was answered.</param>
    /// <param name="received">All bytes from it.</param>
    /// <param name="sent">All bytes to it.</param>
    /// <param name="request">What it asked.</param>
    /// <param name="length">Its Content-Length as it was kept.</param>
    /// <param name="coding">Its Transfer-Encoding.</param>
    /// <param name="traceId">The id by which members knew it.</param>
    public AccessLogDecision Decide(
        int? status, long received, long sent, AccessLogRequest? request, ReadOnlySpan<char> length, ReadOnlySpan<char> coding,
        ReadOnlySpan<char> traceId)
    {
        var hasTarget = Section.HasTarget;
        var isRefused = !hasTarget && status == Refused;
        var action = Word(Action);
        var reason = hasTarget ? null : Text(Location);
        return new()
        {
            Rule = !hasTarget && action is null && reason is null ? null : IsNone(Rule) ? 0 : Int(Rule),
            Action = !hasTarget ? action : action is null or SessionLines.Did ? string.Join(',', action, "forward").Trim(',') : action,
            Pool = Section.Pool,
            Location = hasTarget ? Text(Location) : null,
            Reason = reason,
            TraceId = IsNone(traceId) ? null : EscapedText.Read(traceId),
            ConnectionId = ConnectionId,
            ServerName = Text(ServerName),
            Certificate = Word(Certificate),
            Class = RequestClass.Of(request, length, isCoded: !IsNone(coding), isAmbiguous: Close is "close", isRefused),
            Transform = TransformFields.Read(Text(Host), Text(Target)),
            IsAbandoned = status is null && Ended.StartsWith('C'),
            AllReceived = received,
            AllSent = sent,
        };
    }

    private static string? Text(ReadOnlySpan<char> base64) =>
        IsNone(base64) ? null : Encoding.Latin1.GetString(Convert.FromBase64String(new string(base64)));
}
