using System.Net;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>One load balancer: where it listens and the pools its listeners send to.</summary>
public sealed record PlannedLoadBalancer
{
    public required LoadBalancerId Id { get; init; }

    /// <summary>The address that every listener is bound to.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>In the order of their ports.</summary>
    public required EquatableArray<PlannedListener> Listeners { get; init; }

    /// <summary>In the order of their names. A load balancer without listeners still has one pool, so that its instances are checked.</summary>
    public required EquatableArray<PlannedPool> Pools { get; init; }

    /// <summary>The pool whose checks are the API's one state per instance: that of the first listener.</summary>
    public required string HealthPool { get; init; }

    /// <summary>Whether every request, or connection of a listener without HTTP, is written down. Where to is nothing that the data plane knows of.</summary>
    public bool IsLogged { get; init; }
}
