using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.AccessLogs;

/// <summary>A load balancer whose access log is on, as far as its lines and the names of its objects tell of it.</summary>
/// <param name="Id">Which one.</param>
/// <param name="AccessLog">Where its lines go.</param>
/// <param name="DnsName">What stands in a line for a host that the request does not name.</param>
/// <param name="Address">What the names of its objects have for the node.</param>
/// <param name="SecurePorts">The ports of its listeners that end TLS.</param>
public sealed record LoggedLoadBalancer(
    LoadBalancerId Id, AccessLog AccessLog, string DnsName, IPAddress Address, EquatableArray<int> SecurePorts)
{
    /// <summary>What lines and objects of an application load balancer are told besides; null for a Classic one.</summary>
    public LoggedApplication? Application { get; init; }

    /// <summary>The same of a network load balancer.</summary>
    public LoggedNetwork? Network { get; init; }
}
