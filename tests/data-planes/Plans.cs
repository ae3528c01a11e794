using System.Net;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.LoadBalancers;
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
        Interval = TimeSpan.FromSeconds(30),
        Timeout = TimeSpan.FromSeconds(5),
        Rise = 10,
        Fall = 2,
    };

    /// <summary>Often, for tests that wait for its results, and as patient as any: on a busy machine an answer may take long.</summary>
    public static readonly PlannedProbe FastProbe = HttpProbe with { Interval = TimeSpan.FromMilliseconds(100), Rise = 2 };

    /// <summary>For checks with a TLS handshake, which HAProxy gives no longer than the interval.</summary>
    public static readonly PlannedProbe SecureProbe = HttpProbe with { Protocol = ProbeProtocol.Https, Interval = TimeSpan.FromSeconds(2), Rise = 2 };

    public static LoadBalancerId Id(string name) => new("elb", new AccountId("123456789012"), "us-east-1", name);

    public static TrafficPlan Of(params PlannedLoadBalancer[] loadBalancers) => new(loadBalancers.OrderBy(loadBalancer => loadBalancer.Id).ToEquatableArray());

    public static PlannedLoadBalancer LoadBalancer(string name, params PlannedMember[] members) => LoadBalancer(name, Loopback.Next(), members);

    public static PlannedLoadBalancer LoadBalancer(string name, IPAddress address, params PlannedMember[] members) => new()
    {
        Id = Id(name),
        Address = address,
        Listeners = [Listener(Port)],
        Pools = [Pool(members)],
        HealthPool = "http-8081",
    };

    public static PlannedListener Listener(int port) => new()
    {
        Port = port,
        Mode = TrafficMode.Http,
        Pool = "http-8081",
        IdleTimeout = TimeSpan.FromSeconds(60),
        DesyncMitigation = DesyncMitigation.Defensive,
    };

    /// <summary>As ELBSecurityPolicy-2016-08 has it, with fewer ciphers.</summary>
    public static PlannedTls Tls(string certificateId) => new()
    {
        CertificateId = certificateId,
        Versions = [TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12],
        Ciphers = ["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "AES256-SHA", "AES128-SHA"],
        IsServerOrder = true,
    };

    public static PlannedLoadBalancer Secure(this PlannedLoadBalancer loadBalancer, PlannedTls tls) =>
        loadBalancer with { Listeners = [.. loadBalancer.Listeners.Select(listener => listener with { Tls = tls })] };

    public static PlannedPool Pool(params PlannedMember[] members) => new()
    {
        Name = "http-8081",
        Mode = TrafficMode.Http,
        IdleTimeout = TimeSpan.FromSeconds(60),
        Probe = HttpProbe,
        Members = members.OrderBy(member => member.InstanceId, StringComparer.Ordinal).ToEquatableArray(),
    };

    public static PlannedLoadBalancer With(this PlannedLoadBalancer loadBalancer, params PlannedMember[] members) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { Members = Pool(members).Members }] };

    public static PlannedLoadBalancer Checked(this PlannedLoadBalancer loadBalancer, PlannedProbe probe) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { Probe = probe }] };

    public static PlannedLoadBalancer Sticky(this PlannedLoadBalancer loadBalancer, PlannedStickiness? stickiness) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { Stickiness = stickiness }] };

    /// <summary>Whose members must show one of these keys.</summary>
    public static PlannedLoadBalancer Accepting(this PlannedLoadBalancer loadBalancer, params TestCertificate[] keys) => loadBalancer with
    {
        Pools = [loadBalancer.Pools[0] with { AcceptedKeys = keys.Select(key => PublicKeys.IdOf(key.PublicKeyPem)!).Order(StringComparer.Ordinal).ToEquatableArray() }],
    };

    /// <summary>Of a TCP load balancer.</summary>
    public static PlannedLoadBalancer WithProxyProtocol(this PlannedLoadBalancer loadBalancer) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { IsProxyProtocolOn = true }] };

    public static PlannedLoadBalancer AsTcp(this PlannedLoadBalancer loadBalancer) => loadBalancer with
    {
        Listeners = [loadBalancer.Listeners[0] with { Mode = TrafficMode.Tcp }],
        Pools = [loadBalancer.Pools[0] with { Mode = TrafficMode.Tcp, Probe = HttpProbe with { Protocol = ProbeProtocol.Tcp, Path = "" } }],
    };

    public static Uri Url(this PlannedLoadBalancer loadBalancer, string path = "/") => new($"http://{loadBalancer.Address}:{Port}{path}");
}
