using System.Globalization;
using System.Text;
using CloudLb.Core.AccessLogs;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;
using static CloudLb.HAProxy.AccessLog.LogFields;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What became of a request by the rules of its listener, as <see cref="LogSections"/> has it written.</summary>
internal sealed record DecisionFields(string Section, string Ended, string Rule, string? Action, string Location, string Close)
{
    private const int Refused = 400;

    public string? ConnectionId { get; private init; }

    /// <summary>What is told of the connection with its first request alone.</summary>
    public string NewConnection { get; private init; } = "";

    /// <summary>Whether another process, or the same, has taken the request up and logs it.</summary>
    public bool IsPassedOn => Section is PassOnSections.Backend or PassOnSections.Again;

    private string ServerName { get; init; } = "";

    private string? Certificate { get; init; }

    private string Host { get; init; } = "";

    private string Target { get; init; } = "";

    /// <param name="rest">Begins with these fields; ends behind them.</param>
    /// <param name="isEarlier">Whether there are but those of <see cref="RequestLine.EarlierApplicationMark"/>.</param>
    public static DecisionFields Read(ref ReadOnlySpan<char> rest, bool isEarlier)
    {
        var (section, ended, rule) = (RequestLine.Next(ref rest), RequestLine.Next(ref rest), RequestLine.Next(ref rest));
        var (action, location, close) = (Word(RequestLine.Next(ref rest)), RequestLine.Next(ref rest), RequestLine.Next(ref rest));
        var fields = new DecisionFields(section, ended, rule, action, location, close)
        {
            ConnectionId = Word(RequestLine.Next(ref rest)),
            ServerName = RequestLine.Next(ref rest),
        };
        return isEarlier
            ? fields
            : fields with
            {
                Certificate = Word(RequestLine.Next(ref rest)),
                NewConnection = RequestLine.Next(ref rest),
                Host = RequestLine.Next(ref rest),
                Target = RequestLine.Next(ref rest),
            };
    }

    /// <param name="status">What the client was answered.</param>
    /// <param name="received">All bytes from it.</param>
    /// <param name="sent">All bytes to it.</param>
    /// <param name="request">What it asked.</param>
    /// <param name="captured">What was kept of the head.</param>
    public AccessLogDecision Decide(int? status, long received, long sent, AccessLogRequest? request, string[] captured)
    {
        var target = TargetOf(Section);
        var isPool = target is not null && !target.StartsWith("rule.", StringComparison.Ordinal);
        var isRefused = target is null && status == Refused;
        var reason = target is null ? Text(Location) : null;
        return new()
        {
            Rule = (target ?? Action ?? reason) is null ? null : IsNone(Rule) ? 0 : int.Parse(Rule, CultureInfo.InvariantCulture),
            Action = target is null ? Action : Action is null or SessionLines.Did ? string.Join(',', Action, "forward").Trim(',') : Action,
            Pool = isPool ? PlannedPoolName.Of(target!) : null,
            Location = target is null ? null : Text(Location),
            Reason = reason,
            TraceId = IsNone(captured[6]) ? null : EscapedText.Read(captured[6]),
            ConnectionId = ConnectionId,
            ServerName = Text(ServerName),
            Certificate = Certificate,
            Class = RequestClass.Of(request, captured[2], isCoded: !IsNone(captured[3]), isAmbiguous: Close == "close", isRefused),
            Transform = TransformFields.Read(Text(Host), Text(Target)),
            IsAbandoned = status is null && Ended.StartsWith('C'),
            AllReceived = received,
            AllSent = sent,
        };
    }

    /// <summary>The pool, or the action by which the load balancer answers; null where the request came to neither.</summary>
    private static string? TargetOf(string section) =>
        ProxyName.TryParse(section, out _, out var last) && !int.TryParse(last, CultureInfo.InvariantCulture, out _) ? last : null;

    private static string? Text(string base64) => IsNone(base64) ? null : Encoding.Latin1.GetString(Convert.FromBase64String(base64));
}
