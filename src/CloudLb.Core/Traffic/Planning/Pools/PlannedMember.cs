using System.Net;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>A target as a pool sees it. A data plane may know more of one and derive from it; what it then compares is its own.</summary>
public record PlannedMember
{
    /// <summary>Of a member that takes no new requests: what it has is not cut, and ends in its own time.</summary>
    public static readonly DateTimeOffset WithoutLimit = DateTimeOffset.MaxValue;

    /// <summary>What is registered: letters, digits and <c>-_.:</c>, at most 240 of them.</summary>
    public required string Target { get; init; }

    /// <summary>1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>What it is known by, unique within the pool.</summary>
    public MemberId Id => new(Target, Port);

    public required IPAddress Address { get; init; }

    /// <summary>The Availability Zone that its traffic is counted for; null when none is known.</summary>
    public string? Zone { get; init; }

    /// <summary>
    /// Its traffic is carried over TLS; whose certificate it has matters only where its pool says so. Of no meaning to the checks.
    /// </summary>
    public bool IsSecure { get; init; }

    /// <summary>
    /// Share of the traffic against the pool's other members: 1 and more. A data plane keeps the proportions as well as it can.
    /// </summary>
    public required int Weight { get; init; }

    /// <summary>
    /// Set while the member takes no new requests and finishes those it has; at this time they are cut, unless it is
    /// <see cref="WithoutLimit"/>.
    /// </summary>
    public DateTimeOffset? DrainingUntil { get; init; }
}
