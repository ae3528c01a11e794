using CloudLb.Core.AccessLogs;

namespace CloudLb.AccessLogs.Writing;

/// <summary>One line of an application load balancer's log, as the user guide describes it.</summary>
/// <remarks>What could be mistaken is written as in a Classic one's, so that a line has its fields whatever the client sent.</remarks>
internal static class ApplicationLogLine
{
    /// <summary>Of a time in seconds, behind its point.</summary>
    internal const int SecondsDigits = 3;

    private const int Abandoned = 460;

    public static void Append(
        LogText line, AccessLogEntry entry, LoggedLoadBalancer loadBalancer, LoggedApplication application)
    {
        var decision = entry.Decision;
        var status = entry.Status ?? (decision is { IsAbandoned: true } ? Abandoned : null);
        line.Append(TypeOf(entry, loadBalancer, application)).Append(' ').Append(entry.LoggedAt).Append(' ')
            .Append(application.Path).Append(' ').Append(entry.Client).Append(' ');
        line.Field(entry.Instance).Times(entry.Times, SecondsDigits).Field(status).Field(entry.InstanceStatus);
        line.Append(decision?.AllReceived ?? 0).Append(' ').Append(decision?.AllSent ?? 0).Append(" \"");
        AccessLogLine.AppendRequest(line, entry, loadBalancer);
        line.Append("\" ").Quoted(entry.UserAgent).Field(entry.Cipher).Field(entry.TlsVersion)
            .Field(decision?.Pool is { } pool ? application.TargetGroups.GetValueOrDefault(pool) : null)
            .Quoted(decision?.TraceId).Quoted(decision?.ServerName)
            .Quoted(entry.TlsVersion is null ? null : application.Certificates.Find(entry.Port, decision?.Certificate))
            .Field(decision?.Rule).Append(entry.ReceivedAt).Append(' ')
            .Quoted(decision?.Action).Quoted(decision?.Location).Quoted(decision?.Reason)
            .Quoted(entry.Instance).Quoted(entry.InstanceStatus);
        line.Quoted(decision?.Class?.Name).Quoted(decision?.Class?.Reason).Field(ConnectionLogLine.IdOf(decision?.ConnectionId));
        AppendTransform(line, entry.Request, decision?.Transform);
        line.EndFields();
    }

    /// <summary>What a rule has made of a request, where it is not what it was.</summary>
    private static void AppendTransform(LogText line, AccessLogRequest? request, AccessLogTransform? transform)
    {
        line.Quoted(transform?.Host == request?.Host ? null : transform?.Host)
            .Quoted(transform?.Target == request?.Target ? null : transform?.Target)
            .Quoted(transform?.Outcome);
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
}
