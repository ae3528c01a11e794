namespace CloudLb.Core.Traffic.Planning;

/// <summary>The members that one instance port has, how they are checked, and how listeners that share these settings use them.</summary>
public sealed record PlannedPool
{
    /// <summary>Unique within the load balancer: letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    public required TrafficMode Mode { get; init; }

    /// <summary>How long a connection to a member may be silent: 1 second to 4000 seconds.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    public required PlannedProbe Probe { get; init; }

    /// <summary>Absent when each request goes to whichever member is next; of no meaning to <see cref="TrafficMode.Tcp"/>.</summary>
    public PlannedStickiness? Stickiness { get; init; }

    /// <summary>Connections to members begin with a PROXY line, version 1, that tells who the client is; checks do not. Only with <see cref="TrafficMode.Tcp"/>.</summary>
    public bool IsProxyProtocolOn { get; init; }

    /// <summary>
    /// The ids of public keys, in ordinal order: a member takes traffic only while its certificate carries one of them. Null where it may have any
    /// certificate. Only for secure members.
    /// </summary>
    public EquatableArray<string>? AcceptedKeys { get; init; }

    /// <summary>Requests or connections that each member is given at once; what is more waits, and what is more than 1,024 is refused. 0: without bound.</summary>
    public int MaxConnectionsPerMember { get; init; }

    /// <summary>Whether the connections to a member are closed as soon as it fails its checks; else they may end in their own time.</summary>
    public bool IsClosedOnFailure { get; init; }

    /// <summary>In the order of their instance ids.</summary>
    public required EquatableArray<PlannedMember> Members { get; init; }

    /// <summary>The member that the instance is; null when it is none.</summary>
    public PlannedMember? FindMember(string instanceId) =>
        Members.AsSpan().BinarySearch(new Sought(instanceId)) is >= 0 and var index ? Members[index] : null;

    private readonly struct Sought(string instanceId) : IComparable<PlannedMember>
    {
        public int CompareTo(PlannedMember? other) => string.CompareOrdinal(instanceId, other?.InstanceId);
    }
}
