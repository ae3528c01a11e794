using System.Net;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.DataPlanes;

/// <summary>Plans as short as a test wants to read them.</summary>
internal static class Plans
{
    public const int Port = 8080;

    public const string StickinessKey = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

    public static readonly PlannedProbe HttpProbe = new()
    {
        Protocol = ProbeProtocol.Http,
        Port = TestInstance.Port,
        Path = "/ping",
        UserAgent = "ELB-HealthChecker/1.0",
        Interval = TimeSpan.FromSeconds(30),
        Timeout = TimeSpan.FromSeconds(5),
        Rise = 10,
        Fall = 2,
    };

    /// <summary>Often, for tests that wait for its results, and as patient as any: on a busy machine an answer may take long.</summary>
    public static readonly PlannedProbe FastProbe = HttpProbe with { Interval = TimeSpan.FromMilliseconds(100), Rise = 2 };

    /// <summary>For checks with a TLS handshake, which HAProxy gives no longer than the interval.</summary>
    public static readonly PlannedProbe SecureProbe =
        HttpProbe with { Protocol = ProbeProtocol.Https, Interval = TimeSpan.FromSeconds(2), Rise = 2 };

    /// <summary>As Classic ELB's.</summary>
    public static readonly PlannedAnswers Answers = new("elb",
    [
        new(400, "BAD_REQUEST"),
        new(408, "REQUEST_TIMEOUT"),
        new(502, "BAD_GATEWAY"),
        new(503, "Service Unavailable: Back-end server is at capacity"),
        new(504, "GATEWAY_TIMEOUT"),
    ]);

    public static LoadBalancerId Id(string name) => new("elb", new AccountId("123456789012"), "us-east-1", name);

    public static TrafficPlan Of(params PlannedLoadBalancer[] loadBalancers) =>
        new(loadBalancers.OrderBy(loadBalancer => loadBalancer.Id).ToEquatableArray());

    public static PlannedLoadBalancer LoadBalancer(string name, params PlannedMember[] members) =>
        LoadBalancer(name, Loopback.Next(), members);

    public static PlannedLoadBalancer LoadBalancer(string name, IPAddress address, params PlannedMember[] members) => new()
    {
        Id = Id(name),
        Addresses = [address],
        Listeners = [Listener(Port)],
        Pools = [Pool(members)],
        HealthPool = "http-8081",
        Answers = Answers,
    };

    public static PlannedListener Listener(int port) => new()
    {
        Port = port,
        Mode = TrafficMode.Http,
        Http = new() { DesyncMitigation = DesyncMitigation.Defensive },
        DefaultAction = PlannedAction.Forward.To("http-8081"),
        IdleTimeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>As ELBSecurityPolicy-2016-08 has it, with fewer ciphers.</summary>
    public static PlannedTls Tls(string certificateId) => new()
    {
        CertificateId = certificateId,
        Versions = [TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12],
        Ciphers = ["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "AES256-SHA", "AES128-SHA"],
        IsServerOrder = true,
    };

    /// <summary>Listeners that understand requests offer HTTP/1.1.</summary>
    public static PlannedLoadBalancer Secure(this PlannedLoadBalancer loadBalancer, PlannedTls tls) => loadBalancer with
    {
        Listeners =
        [
            .. loadBalancer.Listeners.Select(listener => listener with
            {
                Tls = listener.Mode == TrafficMode.Http ? tls with { Alpn = ["http/1.1"] } : tls,
            }),
        ],
    };

    public static PlannedPool Pool(params PlannedMember[] members) => new()
    {
        Name = "http-8081",
        Mode = TrafficMode.Http,
        Balance = PoolBalance.LeastOutstanding,
        MemberPort = TestInstance.Port,
        IdleTimeout = TimeSpan.FromSeconds(60),
        Probe = HttpProbe,
        Members = members.OrderBy(member => member.Id).ToEquatableArray(),
    };

    public static PlannedLoadBalancer With(this PlannedLoadBalancer loadBalancer, params PlannedMember[] members) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { Members = Pool(members).Members }] };

    /// <summary>Reached there too, by these host names.</summary>
    public static PlannedLoadBalancer SharedAt(this PlannedLoadBalancer loadBalancer, IPAddress address, params string[] names) =>
        loadBalancer with
        {
            Listeners = [.. loadBalancer.Listeners.Select(listener => listener with { SharedAt = address })],
            HostNames = names.ToEquatableArray(),
        };

    public static PlannedLoadBalancer Checked(this PlannedLoadBalancer loadBalancer, PlannedProbe probe) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { Probe = probe }] };

    /// <summary>As Classic ELB's.</summary>
    public static PlannedStickiness Stickiness(long? periodSeconds, string? applicationCookie) =>
        new(StickinessKey, "AWSELB", "AWSELBCORS", periodSeconds, applicationCookie);

    public static PlannedListener With(this PlannedListener listener, DesyncMitigation mitigation) =>
        listener with { Http = listener.Http! with { DesyncMitigation = mitigation } };

    public static PlannedListener To(this PlannedListener listener, string pool) =>
        listener with { DefaultAction = PlannedAction.Forward.To(pool) };

    public static PlannedLoadBalancer Sticky(this PlannedLoadBalancer loadBalancer, PlannedStickiness? stickiness) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { Stickiness = stickiness }] };

    /// <summary>Whose members must show one of these keys.</summary>
    public static PlannedLoadBalancer Accepting(this PlannedLoadBalancer loadBalancer, params TestCertificate[] keys) => loadBalancer with
    {
        Pools =
        [
            loadBalancer.Pools[0] with
            {
                AcceptedKeys = keys.Select(key => PublicKeys.IdOf(key.PublicKeyPem)!).Order(StringComparer.Ordinal).ToEquatableArray(),
            },
        ],
    };

    /// <summary>Of a TCP load balancer.</summary>
    public static PlannedLoadBalancer WithProxyProtocol(this PlannedLoadBalancer loadBalancer) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { ProxyProtocol = ProxyProtocol.Version1 }] };

    public static PlannedLoadBalancer AsTcp(this PlannedLoadBalancer loadBalancer) => loadBalancer with
    {
        Listeners = [loadBalancer.Listeners[0] with { Mode = TrafficMode.Tcp, Http = null }],
        Pools =
        [
            loadBalancer.Pools[0] with
            {
                Mode = TrafficMode.Tcp, Balance = PoolBalance.RoundRobin,
                Probe = HttpProbe with { Protocol = ProbeProtocol.Tcp, Path = "" },
            },
        ],
    };

    extension(PlannedLoadBalancer loadBalancer)
    {
        /// <summary>The only one.</summary>
        public IPAddress Address => loadBalancer.Addresses.Single();
    }

    public static Uri Url(this PlannedLoadBalancer loadBalancer, string path = "/") => new($"http://{loadBalancer.Address}:{Port}{path}");
}
