using System.Collections.Frozen;

namespace CloudLb.Core.AccessLogs;

/// <summary>How an application load balancer is named in its log.</summary>
/// <param name="Path">Such as <c>app/web/50dc6c495c0c9188</c>.</param>
/// <param name="TargetGroups">The ARNs of the pools that its listeners send to, by their names in the plan.</param>
/// <param name="Certificates">Those of its listeners.</param>
public sealed record LoggedApplication(
    string Path, IReadOnlyDictionary<string, string> TargetGroups, LoggedCertificates Certificates)
{
    /// <summary>Those of the pools whose targets speak gRPC.</summary>
    public IReadOnlySet<string> GrpcPools { get; init; } = FrozenSet<string>.Empty;
}
