namespace CloudLb.Core.Traffic.Planning;

/// <summary>How the members of a pool are checked.</summary>
public sealed record PlannedProbe
{
    public required ProbeProtocol Protocol { get; init; }

    /// <summary>1 to 65535, of every member, whatever port its traffic goes to; null for the port of its traffic.</summary>
    public required int? Port { get; init; }

    /// <summary>What is requested: begins with a slash, printable ASCII without blanks. Empty for Tcp and Ssl.</summary>
    public required string Path { get; init; }

    /// <summary>The answers that are passes, in ascending order: statuses of HTTP. Of no meaning to Tcp and Ssl.</summary>
    public EquatableArray<int> Statuses { get; init; } = [200];

    /// <summary>Whether HTTP/2 is spoken: with prior knowledge, or agreed on by ALPN with Https.</summary>
    public bool IsHttp2 { get; init; }

    /// <summary>
    /// The statuses of gRPC that are passes, in ascending order, instead of <see cref="Statuses"/>: the path is a method then, which is
    /// called over HTTP/2 without a message. Null for a request of HTTP's GET.
    /// </summary>
    public EquatableArray<int>? GrpcStatuses { get; init; }

    /// <summary>Who asks, in the header User-Agent: printable ASCII. Of no meaning to Tcp and Ssl.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>From one check to the next: 5 to 300 seconds, or a tenth of that where clocks are fast.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How long an answer may take: 2 to 120 seconds, or a tenth of that, shorter than the interval.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Passed checks in a row that bring a failed member back: 2 to 10. A new member needs one.</summary>
    public required int Rise { get; init; }

    /// <summary>Failed checks in a row that take a member out: 2 to 10.</summary>
    public required int Fall { get; init; }

    /// <summary>
    /// Whether what is checked is a load balancer that this data plane serves, by <see cref="PlannedPool.LoadBalancer"/>.
    /// </summary>
    public bool IsOfLoadBalancer { get; init; }

    /// <summary>The port that is checked of this member.</summary>
    public int PortOf(PlannedMember member) => Port ?? member.Port;
}
