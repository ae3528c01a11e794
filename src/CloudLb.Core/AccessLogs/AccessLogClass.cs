namespace CloudLb.Core.AccessLogs;

/// <summary>How a request that does not conform to RFC 7230 is classed, in AWS's words.</summary>
/// <param name="Name"><c>Acceptable</c>, <c>Ambiguous</c> or <c>Severe</c>.</param>
/// <param name="Reason">Why; null where the data plane does not tell.</param>
public sealed record AccessLogClass(string Name, string? Reason);
