using System.Text.Json.Serialization;
using CloudLb.Core.Addresses;

namespace CloudLb.Elb.Domain;

/// <summary>A port of the load balancer and the instance port that its traffic goes to.</summary>
public sealed record Listener
{
    public required ListenerProtocol Protocol { get; init; }

    /// <summary>1 to 65535, one listener each.</summary>
    public required int LoadBalancerPort { get; init; }

    public required ListenerProtocol InstanceProtocol { get; init; }

    /// <summary>1 to 65535.</summary>
    public required int InstancePort { get; init; }

    /// <summary>
    /// The certificate of an HTTPS or SSL listener by its id, so that it stays the same when the certificate is renamed; null for the
    /// others.
    /// </summary>
    public string? CertificateId { get; init; }

    /// <summary>Requests are understood, not only carried: HTTP or HTTPS at both ends.</summary>
    [JsonIgnore]
    public bool IsHttp => Protocol is ListenerProtocol.HTTP or ListenerProtocol.HTTPS;

    /// <summary>Clients speak TLS with the load balancer.</summary>
    [JsonIgnore]
    public bool IsSecure => Protocol is ListenerProtocol.HTTPS or ListenerProtocol.SSL;

    /// <summary>The load balancer speaks TLS with the instances.</summary>
    [JsonIgnore]
    public bool IsInstanceSecure => InstanceProtocol is ListenerProtocol.HTTPS or ListenerProtocol.SSL;

    /// <summary>By what it is told from others at a shared address.</summary>
    [JsonIgnore]
    public SharedKind SharedKind => !IsHttp ? SharedKind.Alone
        : Protocol == ListenerProtocol.HTTPS ? SharedKind.Https
        : SharedKind.Http;
}
