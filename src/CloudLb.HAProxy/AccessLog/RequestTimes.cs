using CloudLb.Core.AccessLogs;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>Where the time of an answered request went.</summary>
internal static class RequestTimes
{
    /// <summary>
    /// The queue and connecting come after the instant at which the request was ready to be sent, and are counted as the load balancer's.
    /// </summary>
    public static AccessLogTimes Of(DateTimeOffset received, DateTimeOffset ready, DateTimeOffset answered, TimeSpan waited)
    {
        var answering = answered - ready;
        var waiting = waited < answering ? waited : answering;
        return new(ready - received + waiting, answering - waiting, TimeSpan.Zero);
    }
}
