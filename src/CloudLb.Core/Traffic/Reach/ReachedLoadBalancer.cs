using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Reach;

/// <summary>A load balancer that has several addresses.</summary>
/// <param name="Id">As the plan has it.</param>
/// <param name="Addresses">Those that its names may lead to.</param>
public sealed record ReachedLoadBalancer(LoadBalancerId Id, IReadOnlyList<ReachedAddress> Addresses);
