using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Told;

/// <summary>A load balancer as its API tells of it.</summary>
public sealed record ToldLoadBalancer
{
    /// <summary>As the plan has it; account, region and name are the API's.</summary>
    public required LoadBalancerId Id { get; init; }

    public required string DnsName { get; init; }

    /// <summary>What its listeners are bound to; the first of several.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>All that they are bound to, where there are several; none otherwise.</summary>
    public IReadOnlyList<ToldAddress> Addresses { get; init; } = [];

    public required IReadOnlyList<ToldListener> Listeners { get; init; }

    /// <summary>Those that are registered.</summary>
    public required IReadOnlyList<ToldInstance> Instances { get; init; }

    /// <summary>What its instances are asked, how often and how patiently, in one line.</summary>
    public required string HealthCheck { get; init; }
}
