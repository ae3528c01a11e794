using System.Net;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>The members that share traffic, how they are checked, and how listeners that share these settings use them.</summary>
public sealed record PlannedPool
{
    /// <summary>Unique within the load balancer: letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    public required TrafficMode Mode { get; init; }

    public required PoolBalance Balance { get; init; }

    /// <summary>The port of every member, where a target can be a member but once; null where each member has a port of its own.</summary>
    public int? MemberPort { get; init; }

    /// <summary>How long a connection to a member may be silent: 1 second to 100 minutes.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    public required PlannedProbe Probe { get; init; }

    /// <summary>Absent when each request goes to whichever member is next; of no meaning to <see cref="TrafficMode.Tcp"/>.</summary>
    public PlannedStickiness? Stickiness { get; init; }

    /// <summary>Of the connections that carry traffic; checks begin with none. Only with <see cref="TrafficMode.Tcp"/>.</summary>
    public ProxyProtocol ProxyProtocol { get; init; }

    /// <summary>
    /// Whether its members see connections come from the clients' addresses; those must lead back here. Only with
    /// <see cref="TrafficMode.Tcp"/>.
    /// </summary>
    public bool KeepsClientAddress { get; init; }

    /// <summary>
    /// Where its only member is, if that is another load balancer's listener with <see cref="PlannedListener.IsTarget"/>: it is told the
    /// clients' addresses. Null where members are anything else. Only with <see cref="TrafficMode.Tcp"/>.
    /// </summary>
    public IPEndPoint? LoadBalancer { get; init; }

    /// <summary>
    /// The ids of public keys, in ordinal order: a member takes traffic only while its certificate carries one of them. Null where it may
    /// have any certificate. Only for secure members.
    /// </summary>
    public EquatableArray<string>? AcceptedKeys { get; init; }

    /// <summary>
    /// Requests or connections that each member is given at once; what is more waits, and what is more than 1,024 is refused. 0: without
    /// bound.
    /// </summary>
    public int MaxConnectionsPerMember { get; init; }

    /// <summary>Only with <see cref="TrafficMode.Http"/>.</summary>
    public MemberProtocol MemberProtocol { get; init; }

    /// <summary>Whether members that speak HTTP/2 do so over TLS, all of them.</summary>
    public bool IsHttp2Secure { get; init; }

    /// <summary>
    /// Whether the connections to a member are closed as soon as it fails its checks; else they may end in their own time.
    /// </summary>
    public bool IsClosedOnFailure { get; init; }

    /// <summary>
    /// Whether members of a pool that is <see cref="IsClosedOnFailure"/> drain all the same when they are removed
    /// (<see cref="PlannedMember.DrainingUntil"/>).
    /// </summary>
    public bool DrainsWhenRemoved { get; init; }

    /// <summary>Over how long a member that came into service is given more and more; zero for its whole share at once.</summary>
    public TimeSpan SlowStart { get; init; }

    /// <summary>
    /// While fewer of its members are in service than this, all of them are given traffic, whatever their checks say. 0: never.
    /// </summary>
    public int FailsOpenBelow { get; init; }

    /// <summary>The same as a part of its members, in percent. 0: never.</summary>
    public int FailsOpenBelowPercent { get; init; }

    /// <summary>
    /// Whether what comes to an address of a zone (<see cref="PlannedLoadBalancer.Zones"/>) goes to the members of that zone, and to those
    /// that are in none of these zones; they alone count then for <see cref="FailsOpenBelow"/> and <see cref="FailsOpenBelowPercent"/>.
    /// What comes to an address of no zone goes to all.
    /// </summary>
    public bool IsByZone { get; init; }

    /// <summary>Whether its members are checked; else each is in service.</summary>
    public bool IsChecked { get; init; } = true;

    /// <summary>In the order of their ids.</summary>
    public required EquatableArray<PlannedMember> Members { get; init; }

    /// <summary>The member that the target is in a pool of one port; null when it is none.</summary>
    public PlannedMember? FindMember(string target) => Find(new(target, null));

    /// <summary>
    /// The member that this one is here: by its target, and where members have ports of their own by its port too. Null when there is none.
    /// </summary>
    public PlannedMember? FindMember(MemberId id) => Find(new(id.Target, MemberPort is null ? id.Port : null));

    private PlannedMember? Find(Sought sought) => Members.AsSpan().BinarySearch(sought) is >= 0 and var index ? Members[index] : null;

    private readonly struct Sought(string target, int? port) : IComparable<PlannedMember>
    {
        public int CompareTo(PlannedMember? other)
        {
            var order = string.CompareOrdinal(target, other?.Target);
            return order != 0 || port is null ? order : port.Value.CompareTo(other!.Port);
        }
    }
}
