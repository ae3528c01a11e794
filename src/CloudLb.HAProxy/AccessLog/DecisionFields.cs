using System.Globalization;
using System.Text;
using CloudLb.Core.AccessLogs;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;
using static CloudLb.HAProxy.AccessLog.LogFields;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What became of a request by the rules of its listener, as <see cref="Configuration.LogSections"/> has it written.</summary>
internal static class DecisionFields
{
    /// <param name="rest">Begins with these fields; ends behind them.</param>
    /// <param name="status">What the client was answered.</param>
    /// <param name="received">All bytes from it.</param>
    /// <param name="sent">All bytes to it.</param>
    public static AccessLogDecision Read(ref ReadOnlySpan<char> rest, int? status, long received, long sent)
    {
        var (section, ended, rule) = (RequestLine.Next(ref rest), RequestLine.Next(ref rest), RequestLine.Next(ref rest));
        var (action, location, close) = (Word(RequestLine.Next(ref rest)), RequestLine.Next(ref rest), RequestLine.Next(ref rest));
        var (connection, name) = (Word(RequestLine.Next(ref rest)), RequestLine.Next(ref rest));
        var target = TargetOf(section);
        var isPool = target is not null && !target.StartsWith("rule.", StringComparison.Ordinal);
        return new()
        {
            Rule = target is null ? null : IsNone(rule) ? 0 : int.Parse(rule, CultureInfo.InvariantCulture),
            Action = action ?? (target is null ? null : "forward"),
            Pool = isPool ? OpenPools.NameOf(target!) : null,
            Location = Text(location),
            ConnectionId = connection,
            ServerName = Text(name),
            IsAmbiguous = close == "close",
            IsAbandoned = status is null && ended.StartsWith('C'),
            AllReceived = received,
            AllSent = sent,
        };
    }

    /// <summary>The pool, or the action by which the load balancer answers; null where the request came to neither.</summary>
    private static string? TargetOf(string section) =>
        ProxyName.TryParse(section, out _, out var last) && !int.TryParse(last, CultureInfo.InvariantCulture, out _) ? last : null;

    private static string? Text(string base64) => IsNone(base64) ? null : Encoding.Latin1.GetString(Convert.FromBase64String(base64));
}
