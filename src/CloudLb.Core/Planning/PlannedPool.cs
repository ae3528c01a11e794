namespace CloudLb.Core.Planning;

/// <summary>The members that one instance port has, and how they are checked.</summary>
public sealed record PlannedPool
{
    /// <summary>Unique within the load balancer: letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    public required TrafficMode Mode { get; init; }

    /// <summary>How long a connection to a member may be silent: 1 second to 4000 seconds.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    public required PlannedProbe Probe { get; init; }

    /// <summary>In the order of their instance ids.</summary>
    public required EquatableArray<PlannedMember> Members { get; init; }
}
