using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.Tests.HAProxy;

/// <summary>The plans whose configuration is kept as text: a little of everything that a plan can say.</summary>
internal static class ScenarioPlans
{
    public static readonly IPAddress Address = IPAddress.Parse("127.0.64.1");

    private static readonly IPAddress Shared = IPAddress.Parse("127.0.0.9");

    private static readonly TestCertificate Certificate = TestCertificate.SelfSigned();

    /// <summary>By the name of the folder that holds their text.</summary>
    public static readonly IReadOnlyDictionary<string, PlannedLoadBalancer[]> All = new Dictionary<string, PlannedLoadBalancer[]>
    {
        ["empty"] = [],
        ["http"] = [Plans.LoadBalancer("web", Address, Member("i-0a1", "10.0.0.5"), Member("10.0.0.6", "10.0.0.6", weight: 2))],
        ["tcp"] = [Plans.LoadBalancer("mail", Address, Member("i-0a1", "10.0.0.5")).AsTcp()],
        ["ipv6"] = [Plans.LoadBalancer("six", IPAddress.IPv6Loopback, Member("2001:db8::5", "2001:db8::5"))],
        ["draining"] =
        [
            Plans.LoadBalancer(
                "web", Address, Member("i-0a1", "10.0.0.5"), Member("i-0a2", "10.0.0.6") with { DrainingUntil = DateTimeOffset.UnixEpoch }),
        ],
        ["desync"] =
        [
            Plans.LoadBalancer("web", Address) with
            {
                Listeners =
                [
                    Plans.Listener(80).With(DesyncMitigation.Monitor),
                    Plans.Listener(81).With(DesyncMitigation.Strictest),
                ],
            },
        ],
        ["sticky"] =
        [
            Plans.LoadBalancer("period", Address, Member("i-0a1", "10.0.0.5")).Sticky(Plans.Stickiness(3600, null)),
            Plans.LoadBalancer("session", Address, Member("i-0a1", "10.0.0.5")).Sticky(Plans.Stickiness(null, null)),
        ],
        ["sticky-application"] =
        [
            Plans.LoadBalancer("app", Address, Member("i-0a1", "10.0.0.5")).Sticky(Plans.Stickiness(null, "JSESSIONID")),
        ],
        ["sticky-renewed"] =
        [
            Plans.LoadBalancer("app", Address, Member("i-0a1", "10.0.0.5")).Sticky(
                new(Plans.StickinessKey, "AWSALBAPP-0", null, 3600, "JSESSIONID") { IsRenewed = true, EmptyCookies = ["AWSALBAPP-1"] }),
            Plans.LoadBalancer("period", Address, Member("i-0a1", "10.0.0.5")).Sticky(
                new(Plans.StickinessKey, "AWSALB", "AWSALBCORS", 3600, null) { IsRenewed = true }),
        ],
        ["sticky-pools"] = [OpenPools.Added(StickyPools(Plans.LoadBalancer("web", Address, Member("i-0a1", "10.0.0.5"))))],
        ["hostile-cookie"] =
        [
            Plans.LoadBalancer("app", Address, Member("i-0a1", "10.0.0.5")).Sticky(
                Plans.Stickiness(null, "!#$%&'*+-.^_`|~x".PadRight(128, '\''))),
        ],
        ["surge-queue"] =
        [
            Bounded(Plans.LoadBalancer("mail", Address, Member("i-0a1", "10.0.0.5")).AsTcp()),
            Bounded(Plans.LoadBalancer("web", Address, Member("i-0a1", "10.0.0.5"))),
        ],
        ["closed-on-failure"] = [Closed(Plans.LoadBalancer("web", Address, Member("i-0a1", "10.0.0.5")))],
        ["proxy-protocol"] = [Plans.LoadBalancer("mail", Address, Member("i-0a1", "10.0.0.5")).AsTcp().WithProxyProtocol()],
        ["https"] =
        [
            Plans.LoadBalancer("web", Address, Member("i-0a1", "10.0.0.5") with { IsSecure = true }) with
            {
                Listeners =
                [
                    Plans.Listener(443) with { Tls = Plans.Tls("ASCA1") with { Alpn = ["http/1.1"] } },
                    Plans.Listener(444) with
                    {
                        Tls = Plans.Tls("ASCA1") with
                        {
                            Versions = [TlsVersion.Ssl3, TlsVersion.Tls12, TlsVersion.Tls13],
                            Ciphers = ["RC4-SHA", "AES128-SHA"],
                            IsServerOrder = false,
                            Alpn = ["http/1.1"],
                        },
                    },
                ],
            },
        ],
        ["http2"] = [Http2(ApplicationPlans.LoadBalancer("web", Member("i-0a1", "10.0.0.5"), Member("i-0a2", "10.0.0.6")))],
        ["ssl"] =
        [
            Plans.LoadBalancer("mail", Address, Member("i-0a1", "10.0.0.5") with { IsSecure = true }).AsTcp() with
            {
                Listeners = [Plans.Listener(993) with { Mode = TrafficMode.Tcp, Tls = Plans.Tls("ASCA1") }],
            },
        ],
        ["accepted-keys"] =
        [
            Plans.LoadBalancer("mail", Address, Pinned("i-0a1", isAnchor: true)).AsTcp().Accepting(Certificate),
            Plans.LoadBalancer("web", Address, Pinned("i-0a1", isAnchor: true), Pinned("i-0a2", isAnchor: false)).Accepting(Certificate),
            Plans.LoadBalancer("zzz", Address, Pinned("i-0a1", isAnchor: true)).Accepting(Certificate).Checked(
                Plans.HttpProbe with { Protocol = ProbeProtocol.Https, Port = 9443 }),
        ],
        ["access-log"] =
        [
            Plans.LoadBalancer("mail", Address, Member("i-0a1", "10.0.0.5")).AsTcp() with { IsLogged = true },
            Plans.LoadBalancer("unlogged", Address, Member("i-0a1", "10.0.0.5")),
            Plans.LoadBalancer("web", Address, Member("i-0a1", "10.0.0.5")) with
            {
                Listeners = [Plans.Listener(80), Plans.Listener(81)],
                IsLogged = true,
            },
        ],
        ["allowed-sources"] =
        [
            Plans.LoadBalancer("web", Address) with
            {
                Listeners =
                [
                    Plans.Listener(80) with { AllowedSources = ["10.0.0.0/8", "fd00::/8"] },
                    Plans.Listener(81) with { AllowedSources = [] },
                ],
            },
        ],
        ["shared"] =
        [
            Plans.LoadBalancer("mail", Address, Member("i-0a1", "10.0.0.5")).AsTcp().SharedAt(Shared),
            Plans.LoadBalancer("web", Address, Member("i-0a1", "10.0.0.5")).SharedAt(Shared, "web.test", "www.test") with
            {
                Listeners =
                [
                    Plans.Listener(80) with { SharedAt = Shared, AllowedSources = ["10.0.0.0/8"] },
                    Plans.Listener(443) with { SharedAt = Shared, Tls = Plans.Tls("ASCA1") with { Alpn = ["http/1.1"] } },
                    Plans.Listener(8443),
                ],
            },
        ],
        ["zones"] =
        [
            OpenPools.Added(Zoned(
                Plans.LoadBalancer("mail", Address, Member("i-0a1", "10.0.0.5") with { Zone = "us-east-1a" }).AsTcp(), PoolBalance.Source)),
            OpenPools.Added(Zoned(
                Plans.LoadBalancer(
                    "web", Address, Member("i-0a1", "10.0.0.5") with { Zone = "us-east-1b" }, Member("i-0a2", "10.0.0.6")),
                PoolBalance.Random) with
            {
                Listeners =
                [
                    Plans.Listener(80) with
                    {
                        Rules = [new(1, [new PlannedCondition.Path([new("/a")])], PlannedAction.Forward.To("http-8081"))],
                        IsTarget = true,
                    },
                ],
            }),
        ],
        ["tcp-weights"] = [OpenPools.Added(Weighted(Plans.LoadBalancer("mail", Address, Member("i-0a1", "10.0.0.5")).AsTcp()))],
        ["hostile-path"] = [Plans.LoadBalancer("web", Address).Checked(Plans.HttpProbe with { Path = "/it's#x\"\\$HOME;%[src]\\n{}|&" })],
    };

    private static PlannedLoadBalancer Zoned(PlannedLoadBalancer loadBalancer, PoolBalance balance) => loadBalancer with
    {
        Addresses = [Address, Shared],
        Zones = [new("us-east-1a", [Address]), new("us-east-1b", [Shared])],
        Pools =
        [
            loadBalancer.Pools[0] with { IsByZone = true, FailsOpenBelow = 1, FailsOpenBelowPercent = 50, Balance = balance },
        ],
    };

    private static PlannedLoadBalancer StickyPools(PlannedLoadBalancer loadBalancer)
    {
        var sticky = new PlannedPoolStickiness(Plans.StickinessKey, "AWSALBTG", "AWSALBTGCORS", 3600);
        var both = new PlannedAction.Forward([new("http-8081", 1), new("other", 2)], sticky);
        return loadBalancer with
        {
            Id = loadBalancer.Id with { Kind = "alb" },
            Answers = new("alb", [new(503, "Service Temporarily Unavailable", "text/html", "none")], "awselb/2.0", BreaksAre502: true),
            Listeners =
            [
                loadBalancer.Listeners[0] with
                {
                    Rules = [new(7, [new PlannedCondition.Path([new("/a")])], both)],
                    DefaultAction = both,
                },
            ],
            Pools = [loadBalancer.Pools[0] with { FailsOpenBelow = 1 }, loadBalancer.Pools[0] with { Name = "other" }],
        };
    }

    private static PlannedLoadBalancer Http2(PlannedLoadBalancer loadBalancer)
    {
        var secure = loadBalancer.SecuredBy("ASCA1").Listeners[0];
        return loadBalancer with
        {
            Addresses = [Address],
            Listeners = [secure with { Tls = secure.Tls! with { NamedCertificateIds = null } }],
            Pools =
            [
                loadBalancer.Pools[0] with
                {
                    MemberProtocol = MemberProtocol.Grpc,
                    Probe = Plans.HttpProbe with { IsHttp2 = true, GrpcStatuses = [0, 12], Path = "/AWS.ALB/healthcheck" },
                },
            ],
        };
    }

    private static PlannedLoadBalancer Weighted(PlannedLoadBalancer loadBalancer) => loadBalancer with
    {
        Listeners =
        [
            loadBalancer.Listeners[0] with { DefaultAction = new PlannedAction.Forward([new("http-8081", 1), new("other", 2)]) },
            loadBalancer.Listeners[0] with { Port = 81, DefaultAction = new PlannedAction.Forward([new("http-8081", 0), new("other", 0)]) },
        ],
        Pools =
        [
            loadBalancer.Pools[0] with { FailsOpenBelow = 1 },
            loadBalancer.Pools[0] with { Name = "other", Balance = PoolBalance.Source },
        ],
    };

    private static PlannedLoadBalancer Bounded(PlannedLoadBalancer loadBalancer) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { MaxConnectionsPerMember = 7 }] };

    private static PlannedLoadBalancer Closed(PlannedLoadBalancer loadBalancer) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { IsClosedOnFailure = true }] };

    private static PlannedMember Member(string id, string address, int weight = 1) =>
        new() { Target = id, Address = IPAddress.Parse(address), Port = TestInstance.Port, Weight = weight };

    private static PlannedMember Pinned(string id, bool isAnchor) =>
        PinnedMember.Of(
            Member(id, "10.0.0.5") with { IsSecure = true },
            new(new string(isAnchor ? 'A' : 'B', 64), "", isAnchor ? new(new string('C', 64), Certificate.Pem) : null));
}
