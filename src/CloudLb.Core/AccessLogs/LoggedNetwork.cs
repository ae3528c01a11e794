namespace CloudLb.Core.AccessLogs;

/// <summary>How a network load balancer is named in its log.</summary>
/// <param name="Path">Such as <c>net/web/50dc6c495c0c9188</c>.</param>
/// <param name="Listeners">The ids of its listeners, by their ports.</param>
/// <param name="Certificates">Those of its listeners.</param>
public sealed record LoggedNetwork(string Path, IReadOnlyDictionary<int, string> Listeners, LoggedCertificates Certificates);
