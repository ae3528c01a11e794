using System.Net;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>A port that accepts connections, and what becomes of what comes in.</summary>
public sealed record PlannedListener
{
    /// <summary>1 to 65535.</summary>
    public required int Port { get; init; }

    public required TrafficMode Mode { get; init; }

    /// <summary>
    /// An address where it can be reached too: with <see cref="TrafficMode.Http"/> by the host names of its load balancer, beside other
    /// listeners of that port, and otherwise by the port alone. Null when there is none.
    /// </summary>
    public IPAddress? SharedAt { get; init; }

    /// <summary>
    /// Addresses of its load balancer at which it is not. No plan asks for that: a data plane says so of what it cannot bind.
    /// </summary>
    public EquatableArray<IPAddress> NotAt { get; init; } = [];

    /// <summary>How TLS is spoken with the clients; null when it is not.</summary>
    public PlannedTls? Tls { get; init; }

    /// <summary>How requests are read and passed on; null where <see cref="Mode"/> is not <see cref="TrafficMode.Http"/>.</summary>
    public PlannedHttp? Http { get; init; }

    /// <summary>
    /// In the order of their priorities: the first that a request meets decides. Only with <see cref="TrafficMode.Http"/>.
    /// </summary>
    public EquatableArray<PlannedRule> Rules { get; init; } = [];

    /// <summary>What becomes of a request that meets no rule, and of every connection without HTTP.</summary>
    public required PlannedAction DefaultAction { get; init; }

    /// <summary>How long a connection may be silent before it is closed: 1 second to 100 minutes.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>
    /// Whether other load balancers send here too (<see cref="PlannedPool.LoadBalancer"/>), and tell of each connection whose it is.
    /// </summary>
    public bool IsTarget { get; init; }

    /// <summary>The networks that may connect, in CIDR form, in ordinal order: none when it is empty, all when it is null.</summary>
    public EquatableArray<string>? AllowedSources { get; init; }
}
