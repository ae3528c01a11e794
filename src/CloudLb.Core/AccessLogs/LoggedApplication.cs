namespace CloudLb.Core.AccessLogs;

/// <summary>How an application load balancer is named in its log.</summary>
/// <param name="Path">Such as <c>app/web/50dc6c495c0c9188</c>.</param>
/// <param name="TargetGroups">The ARNs of the pools that its listeners send to, by their names in the plan.</param>
/// <param name="Certificates">The ARNs of the certificates of its listeners that end TLS, by their ports.</param>
public sealed record LoggedApplication(
    string Path, IReadOnlyDictionary<string, string> TargetGroups, IReadOnlyDictionary<int, string> Certificates);
