using System.Globalization;
using System.Text;
using CloudLb.Core.AccessLogs;

namespace CloudLb.AccessLogs.Writing;

/// <summary>One line of an application load balancer's log, as the user guide describes it.</summary>
/// <remarks>What could be mistaken is written as in a Classic one's, so that a line has its fields whatever the client sent.</remarks>
internal static class ApplicationLogLine
{
    private const int Abandoned = 460;

    public static void Append(
        StringBuilder line, AccessLogEntry entry, LoggedLoadBalancer loadBalancer, LoggedApplication application)
    {
        var decision = entry.Decision;
        var status = entry.Status ?? (decision is { IsAbandoned: true } ? Abandoned : null);
        line.Append(TypeOf(entry, loadBalancer, application)).Append(' ').Append(Time(entry.LoggedAt)).Append(' ')
            .Append(application.Path).Append(' ').Append(entry.Client).Append(' ');
        Field(line, entry.Instance?.ToString());
        Field(
            line,
            entry.Times is { } times ? $"{Seconds(times.Request)} {Seconds(times.Instance)} {Seconds(times.Response)}" : "-1 -1 -1");
        Field(line, status?.ToString(CultureInfo.InvariantCulture));
        Field(line, entry.InstanceStatus?.ToString(CultureInfo.InvariantCulture));
        line.Append(CultureInfo.InvariantCulture, $"{decision?.AllReceived ?? 0} {decision?.AllSent ?? 0} \"");
        AccessLogLine.AppendRequest(line, entry, loadBalancer);
        line.Append("\" ");
        Quoted(line, entry.UserAgent);
        Field(line, entry.Cipher);
        Field(line, entry.TlsVersion);
        Field(line, decision?.Pool is { } pool ? application.TargetGroups.GetValueOrDefault(pool) : null);
        Quoted(line, decision?.TraceId);
        Quoted(line, decision?.ServerName);
        Quoted(line, entry.TlsVersion is null ? null : application.Certificates.Find(entry.Port, decision?.Certificate));
        Field(line, decision?.Rule?.ToString(CultureInfo.InvariantCulture));
        line.Append(Time(entry.ReceivedAt)).Append(' ');
        Quoted(line, decision?.Action);
        Quoted(line, decision?.Location);
        Quoted(line, decision?.Reason);
        Quoted(line, entry.Instance?.ToString());
        Quoted(line, entry.InstanceStatus?.ToString(CultureInfo.InvariantCulture));
        Quoted(line, decision?.Class?.Name);
        Quoted(line, decision?.Class?.Reason);
        Field(line, ConnectionLogLine.IdOf(decision?.ConnectionId));
        AppendTransform(line, entry.Request, decision?.Transform);
        line[^1] = '\n';
    }

    /// <summary>What a rule has made of a request, where it is not what it was.</summary>
    private static void AppendTransform(StringBuilder line, AccessLogRequest? request, AccessLogTransform? transform)
    {
        Quoted(line, transform?.Host == request?.Host ? null : transform?.Host);
        Quoted(line, transform?.Target == request?.Target ? null : transform?.Target);
        Quoted(line, transform?.Outcome);
    }

    private static string TypeOf(AccessLogEntry entry, LoggedLoadBalancer loadBalancer, LoggedApplication application)
    {
        var isSecure = entry.Request?.IsSecure ?? loadBalancer.SecurePorts.Contains(entry.Port);
        return entry switch
        {
            { Status: 101 } => isSecure ? "wss" : "ws",
            { Request: { Version: ['2', ..], Method: "POST" }, Decision.Pool: { } pool } when application.GrpcPools.Contains(pool) =>
                "grpcs",
            { Request.Version: ['2', ..] } => "h2",
            _ => isSecure ? "https" : "http",
        };
    }

    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    internal static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);

    internal static void Field(StringBuilder line, string? field) => line.Append(field ?? "-").Append(' ');

    internal static void Quoted(StringBuilder line, string? text)
    {
        line.Append('"');
        AccessLogLine.AppendEscaped(line, string.IsNullOrEmpty(text) ? "-" : text, isBlankEscaped: false);
        line.Append("\" ");
    }
}
