using System.Net;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>An instance as a pool sees it.</summary>
public sealed record PlannedMember
{
    /// <summary>Letters, digits and <c>-_.:</c>, at most 255 of them; unique within the pool.</summary>
    public required string InstanceId { get; init; }

    public required IPAddress Address { get; init; }

    /// <summary>1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>Its traffic is carried over TLS; whose certificate it has matters only where its pool says so. Of no meaning to the checks.</summary>
    public bool IsSecure { get; init; }

    /// <summary>
    /// What the member is known by where its pool says which keys are accepted. A plan source leaves it null: the data plane fills it in when it has seen
    /// the certificate.
    /// </summary>
    public PinnedCertificate? Certificate { get; init; }

    /// <summary>Share of the traffic against the pool's other members: 1 to 256.</summary>
    public required int Weight { get; init; }

    /// <summary>Set while the member takes no new requests and finishes those it has; at this time they are cut.</summary>
    public DateTimeOffset? DrainingUntil { get; init; }
}
