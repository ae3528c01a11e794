namespace CloudLb.Core.Traffic.Planning;

/// <summary>One answer that a load balancer gives by itself.</summary>
/// <param name="Status">400 to 599; or 301 and 302, for the pages of redirects.</param>
/// <param name="Reason">The reason phrase: printable ASCII.</param>
/// <param name="ContentType">Of the body; null where there is none.</param>
/// <param name="Body">Empty for none.</param>
public sealed record PlannedAnswer(int Status, string Reason, string? ContentType = null, string Body = "");
