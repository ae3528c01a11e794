using System.Net;

namespace CloudLb.HAProxy.Applied;

/// <summary>
/// One load balancer as a running process serves it, in the form in which it stands in a file. These records are not the plan's: the plan may change, and
/// what an older CloudLb has written must still be read, or its processes could not be taken over. A member is never renamed or given another meaning; a
/// new one is optional and means, when it is absent, what was true before.
/// </summary>
internal sealed record AppliedLoadBalancer
{
    public required AppliedKey Key { get; init; }

    public required IPAddress Address { get; init; }

    public required AppliedListener[] Listeners { get; init; }

    public required AppliedPool[] Pools { get; init; }

    public required string HealthPool { get; init; }

    public bool IsLogged { get; init; }
}

internal sealed record AppliedKey(string Account, string Region, string Name)
{
    /// <summary>Null for <see cref="Naming.ProxyName.PlainKind"/>.</summary>
    public string? Kind { get; init; }
}

internal sealed record AppliedListener
{
    public required int Port { get; init; }

    public required AppliedMode Mode { get; init; }

    public AppliedTls? Tls { get; init; }

    public required string Pool { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    public required AppliedDesyncMitigation DesyncMitigation { get; init; }

    public string[]? AllowedSources { get; init; }
}

internal sealed record AppliedTls
{
    public required string CertificateId { get; init; }

    public required AppliedTlsVersion[] Versions { get; init; }

    public required string[] Ciphers { get; init; }

    public required bool IsServerOrder { get; init; }
}

internal sealed record AppliedPool
{
    public required string Name { get; init; }

    public required AppliedMode Mode { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    public required AppliedProbe Probe { get; init; }

    public AppliedStickiness? Stickiness { get; init; }

    public bool IsProxyProtocolOn { get; init; }

    public string[]? AcceptedKeys { get; init; }

    public int MaxConnectionsPerMember { get; init; }

    public bool IsClosedOnFailure { get; init; }

    public required AppliedMember[] Members { get; init; }
}

internal sealed record AppliedProbe
{
    public required AppliedProbeProtocol Protocol { get; init; }

    public required int Port { get; init; }

    public required string Path { get; init; }

    public required TimeSpan Interval { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int Rise { get; init; }

    public required int Fall { get; init; }
}

internal sealed record AppliedStickiness(string Key, long? PeriodSeconds, string? ApplicationCookie);

internal sealed record AppliedMember
{
    public required string InstanceId { get; init; }

    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    public bool IsSecure { get; init; }

    public AppliedCertificate? Certificate { get; init; }

    public required int Weight { get; init; }

    public DateTimeOffset? DrainingUntil { get; init; }
}

internal sealed record AppliedCertificate(string Fingerprint, string KeyId, AppliedAnchor? Anchor);

internal sealed record AppliedAnchor(string Id, string Pem);

internal enum AppliedMode
{
    Http = 0,
    Tcp = 1,
}

internal enum AppliedDesyncMitigation
{
    Monitor = 0,
    Defensive = 1,
    Strictest = 2,
}

internal enum AppliedProbeProtocol
{
    Tcp = 0,
    Ssl = 1,
    Http = 2,
    Https = 3,
}

internal enum AppliedTlsVersion
{
    Ssl3 = 0,
    Tls10 = 1,
    Tls11 = 2,
    Tls12 = 3,
    Tls13 = 4,
}
