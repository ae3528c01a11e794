using System.Net;

namespace CloudLb.HAProxy.Applied;

/// <summary>
/// One load balancer as a running process serves it, in the form in which it stands in a file. These records are not the plan's: the plan
/// may change, and what an older CloudLb has written must still be read, or its processes could not be taken over. A member is never
/// renamed or given another meaning; a new one is optional and means, when it is absent, what was true before.
/// </summary>
internal sealed record AppliedLoadBalancer
{
    public required AppliedKey Key { get; init; }

    public required IPAddress Address { get; init; }

    /// <summary>Those besides the first.</summary>
    public IPAddress[]? MoreAddresses { get; init; }

    /// <summary>Null where no pool asks for them.</summary>
    public AppliedZone[]? Zones { get; init; }

    public required AppliedListener[] Listeners { get; init; }

    public required AppliedPool[] Pools { get; init; }

    /// <summary>Null where each pool stands for itself.</summary>
    public string? HealthPool { get; init; }

    /// <summary>Null for those that all load balancers gave when there was no other API.</summary>
    public AppliedAnswers? Answers { get; init; }

    public bool IsLogged { get; init; }

    public bool AreConnectionsLogged { get; init; }

    /// <summary>The key of the templates that it is served with; null for none.</summary>
    public string? Template { get; init; }

    /// <summary>Null where it shares no address.</summary>
    public string[]? HostNames { get; init; }
}

internal sealed record AppliedZone(string Name, IPAddress[] Addresses);

internal sealed record AppliedKey(string Account, string Region, string Name)
{
    /// <summary>Null for <see cref="Naming.ProxyName.PlainKind"/>.</summary>
    public string? Kind { get; init; }
}

internal sealed record AppliedAnswers(string Style, AppliedAnswer[] Answers)
{
    public string? Server { get; init; }

    public bool BreaksAre502 { get; init; }
}

internal sealed record AppliedAnswer(int Status, string Reason, string? ContentType, string Body);

internal sealed record AppliedListener
{
    public required int Port { get; init; }

    public required AppliedMode Mode { get; init; }

    public AppliedTls? Tls { get; init; }

    /// <summary>Empty where <see cref="Action"/> is not null.</summary>
    public required string Pool { get; init; }

    /// <summary>Null where all goes to one pool.</summary>
    public AppliedAction? Action { get; init; }

    /// <summary>Null for none.</summary>
    public AppliedRule[]? Rules { get; init; }

    /// <summary>Whether members are told an id of each request.</summary>
    public bool IsTraced { get; init; }

    /// <summary>What is done to heads; null where it is what was done to all when nothing else could be asked for.</summary>
    public AppliedHeads? Heads { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    public required AppliedDesyncMitigation DesyncMitigation { get; init; }

    public string[]? AllowedSources { get; init; }

    /// <summary>Whether other load balancers send here.</summary>
    public bool IsTarget { get; init; }

    /// <summary>Null where it shares no address.</summary>
    public IPAddress? SharedAt { get; init; }

    /// <summary>Null where it is at all addresses.</summary>
    public IPAddress[]? NotAt { get; init; }
}

internal sealed record AppliedTls
{
    public required string CertificateId { get; init; }

    public required AppliedTlsVersion[] Versions { get; init; }

    public required string[] Ciphers { get; init; }

    public required bool IsServerOrder { get; init; }

    /// <summary>Null where there can be none.</summary>
    public string[]? NamedCertificateIds { get; init; }

    /// <summary>Null for OpenSSL's own.</summary>
    public string[]? CipherSuites { get; init; }

    /// <summary>Null for HTTP/1.1 on listeners that understand requests, and none on others.</summary>
    public string[]? Alpn { get; init; }

    /// <summary>Null where clients are not asked for certificates.</summary>
    public AppliedClientAuthentication? ClientAuthentication { get; init; }
}

/// <param name="TrustStoreId">Null where none is looked at.</param>
/// <param name="IgnoresExpiry">Whether one that is out of date is taken.</param>
/// <param name="NamesAuthorities">Whether clients are told whose are taken.</param>
/// <param name="HasRevocations">Whether any are revoked.</param>
internal sealed record AppliedClientAuthentication(string? TrustStoreId, bool IgnoresExpiry, bool NamesAuthorities, bool HasRevocations);

internal sealed record AppliedPool
{
    public required string Name { get; init; }

    public required AppliedMode Mode { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    public required AppliedProbe Probe { get; init; }

    public AppliedStickiness? Stickiness { get; init; }

    /// <summary>Null for the usual one of the mode.</summary>
    public AppliedBalance? Balance { get; init; }

    /// <summary>Null where <see cref="HasMemberPorts"/>, and in older files.</summary>
    public int? MemberPort { get; init; }

    /// <summary>Whether each member has a port of its own.</summary>
    public bool HasMemberPorts { get; init; }

    public bool IsProxyProtocolOn { get; init; }

    /// <summary>Whether that is the protocol's version 2.</summary>
    public bool IsProxyProtocol2 { get; init; }

    public bool KeepsClientAddress { get; init; }

    public string[]? AcceptedKeys { get; init; }

    public int MaxConnectionsPerMember { get; init; }

    public bool IsClosedOnFailure { get; init; }

    public bool DrainsWhenRemoved { get; init; }

    public int FailsOpenBelow { get; init; }

    public int FailsOpenBelowPercent { get; init; }

    public bool IsByZone { get; init; }

    public bool IsUnchecked { get; init; }

    /// <summary>Null where the members are no load balancers.</summary>
    public IPAddress? LoadBalancer { get; init; }

    /// <summary>Of <see cref="LoadBalancer"/>.</summary>
    public int LoadBalancerPort { get; init; }

    /// <summary>Null where members are given their whole share at once.</summary>
    public TimeSpan? SlowStart { get; init; }

    /// <summary>By its name in the plan; null for HTTP/1.1 or no HTTP.</summary>
    public string? MemberProtocol { get; init; }

    public bool IsHttp2Secure { get; init; }

    public required AppliedMember[] Members { get; init; }
}

internal sealed record AppliedProbe
{
    public required AppliedProbeProtocol Protocol { get; init; }

    /// <summary>0 for the port of the member's traffic.</summary>
    public required int Port { get; init; }

    public required string Path { get; init; }

    /// <summary>Null for 200 alone.</summary>
    public int[]? Statuses { get; init; }

    public bool IsHttp2 { get; init; }

    /// <summary>Null where gRPC is not spoken.</summary>
    public int[]? GrpcStatuses { get; init; }

    /// <summary>Null for who asked when there was no other API.</summary>
    public string? UserAgent { get; init; }

    public required TimeSpan Interval { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int Rise { get; init; }

    public required int Fall { get; init; }
}

internal sealed record AppliedStickiness(string Key, long? PeriodSeconds, string? ApplicationCookie)
{
    /// <summary>Null for the cookies that there were when there was no other API.</summary>
    public AppliedCookies? Cookies { get; init; }

    /// <summary>Whether each answer sets the cookie anew.</summary>
    public bool IsRenewed { get; init; }

    /// <summary>Null for none.</summary>
    public string[]? EmptyCookies { get; init; }
}

internal sealed record AppliedCookies(string Cookie, string? CrossSiteCookie);

internal sealed record AppliedMember
{
    public required string InstanceId { get; init; }

    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    public string? Zone { get; init; }

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

internal enum AppliedBalance
{
    RoundRobin = 0,
    LeastOutstanding = 1,
    Random = 2,
    Source = 3,
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
