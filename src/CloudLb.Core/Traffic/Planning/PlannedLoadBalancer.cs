using System.Net;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>One load balancer: where it listens and the pools its listeners send to.</summary>
public sealed record PlannedLoadBalancer
{
    public required LoadBalancerId Id { get; init; }

    /// <summary>The addresses that every listener is bound to, in the API's order; at least one.</summary>
    public required EquatableArray<IPAddress> Addresses { get; init; }

    /// <summary>
    /// The zones of its addresses, in the order of their names, where a pool wants to know (<see cref="PlannedPool.IsByZone"/>).
    /// </summary>
    public EquatableArray<PlannedZone> Zones { get; init; } = [];

    /// <summary>In the order of their ports.</summary>
    public required EquatableArray<PlannedListener> Listeners { get; init; }

    /// <summary>
    /// In the order of their names. A load balancer without listeners can have one all the same, so that its instances are checked.
    /// </summary>
    public required EquatableArray<PlannedPool> Pools { get; init; }

    /// <summary>
    /// The pool whose checks are the one state that the API tells of a target; null where the API tells a target's state in each pool by
    /// itself.
    /// </summary>
    public string? HealthPool { get; init; }

    /// <summary>How it says what it answers by itself.</summary>
    public required PlannedAnswers Answers { get; init; }

    /// <summary>
    /// The host names by which it is told from others where it shares an address (<see cref="PlannedListener.SharedAt"/>), in lower case;
    /// no other has any of them.
    /// </summary>
    public EquatableArray<string> HostNames { get; init; } = [];

    /// <summary>
    /// Whether every request, or connection of a listener without HTTP, is written down. Where to is nothing that the data plane knows of.
    /// </summary>
    public bool IsLogged { get; init; }

    /// <summary>Whether every connection of listeners with HTTP is written down, besides or alone.</summary>
    public bool AreConnectionsLogged { get; init; }

    /// <summary>
    /// The operator's template that it asks for, by its name; null for none. A data plane puts its own word for the very texts in its place
    /// in what it serves.
    /// </summary>
    public string? Template { get; init; }

    /// <summary>Which of <see cref="Zones"/> a member is in; null for none, and then it counts as in each of them.</summary>
    public string? ZoneOf(PlannedMember member) => Zones.Any(zone => zone.Name == member.Zone) ? member.Zone : null;
}
