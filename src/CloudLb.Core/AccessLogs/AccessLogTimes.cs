namespace CloudLb.Core.AccessLogs;

/// <summary>Where the time of a request went.</summary>
/// <param name="Request">
/// From receiving it until it was sent to the instance; without HTTP, until the connection to the instance stood.
/// </param>
/// <param name="Instance">From then until the answer began; without HTTP, the time that connecting took.</param>
/// <param name="Response">From then until it began to be sent to the client.</param>
public sealed record AccessLogTimes(TimeSpan Request, TimeSpan Instance, TimeSpan Response);
