using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Applied;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>What a plan can ask for beside what Classic load balancers need.</summary>
public sealed class CarriedTests
{
    public static readonly TheoryData<string> NotCarried =
    [
        "datagrams", "clients that stay with a pool without HTTP", "clients' certificates", "short methods",
    ];

    [Theory]
    [MemberData(nameof(NotCarried))]
    public async Task A_listener_that_asks_for_more_than_HAProxy_is_given_is_told_and_the_others_are_served(string feature)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var more = Asking(web, feature);

        await running.ApplyAsync(more);
        await running.IsPassingAsync(web, "i-1");

        var fault = Assert.Single(running.DataPlane.Faults);
        Assert.Equal((web.Id, 8090), (fault.LoadBalancer, fault.Port));
        Assert.Matches("^HAProxy is not given .* by this version.$", fault.Reason);
        Assert.Equal("i-1", await GetAsync(web.Url()));
    }

    [Fact]
    public async Task Rules_of_a_listener_for_heads_are_told_where_the_style_has_no_room_for_them()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web");

        await running.ApplyAsync(web.With(http => http with { ForwardedFor = ForwardedFor.Remove }));

        Assert.Equal(
            "HAProxy is not given such settings of HTTP in the style elb by this version.",
            Assert.Single(running.DataPlane.Faults).Reason);
    }

    [Fact]
    public async Task Every_address_of_a_load_balancer_is_served()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var both = web with { Addresses = [web.Address, Loopback.Next()] };

        await running.ApplyAsync(both);
        await running.IsPassingAsync(web, "i-1");

        foreach (var address in both.Addresses)
        {
            Assert.Equal("i-1", await GetAsync(new Uri($"http://{address}:{Plans.Port}/")));
        }
    }

    [Fact]
    public async Task A_target_can_be_a_member_on_several_ports_each_with_its_own_checks()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var member = instance.Planned();
        var web = Plans.LoadBalancer("web");
        web = web with
        {
            HealthPool = null,
            Pools =
            [
                web.Pools[0] with
                {
                    MemberPort = null,
                    Balance = PoolBalance.RoundRobin,
                    Probe = Plans.FastProbe with { Port = null },
                    Members = [member with { Port = 1 }, member],
                },
            ],
        };

        await running.ApplyAsync(web);

        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) == "i-1", "the port that answers is in service");
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => GetAsync(web.Url()))), answer => Assert.Equal("i-1", answer));
    }

    [Fact]
    public void What_a_process_serves_is_read_back_as_it_was_and_what_is_usual_takes_no_room()
    {
        var member = new PlannedMember
        {
            Target = "i-1",
            Address = System.Net.IPAddress.Loopback,
            Port = 8081,
            Weight = 1,
            Zone = "us-east-1a",
        };
        var usual = Plans.LoadBalancer("web", member).Sticky(Plans.Stickiness(60, null));
        var other = usual with
        {
            Id = usual.Id with { Kind = "alb" },
            Addresses = [usual.Address, Loopback.Next()],
            HealthPool = null,
            Answers = new(
                "alb", [new(503, "Service Temporarily Unavailable", "text/html", "<html></html>")], "awselb/2.0", BreaksAre502: true),
            Listeners =
            [
                usual.Listeners[0] with
                {
                    Http = usual.Listeners[0].Http! with
                    {
                        IsTraced = true,
                        IsHttp2 = true,
                        ClientFacts = [new(ClientFact.TlsVersion, "X-Version"), new(ClientFact.CipherSuite, "X-Cipher")],
                        ForwardedFor = ForwardedFor.Preserve,
                        TellsClientPort = true,
                        DropsInvalidHeaders = true,
                        AdjustsHost = true,
                        ClientKeepAlive = TimeSpan.FromHours(1),
                        ResponseHeaders = [new("X-Frame-Options", "DENY"), new("Access-Control-Max-Age", "5")],
                        HidesServer = true,
                        ClientHeaders = [new("X-Leaf", ClientCertificatePart.Leaf), new("X_Subject", ClientCertificatePart.Subject)],
                        ForgeableHeaders = ["X-Leaf", "X_Subject"],
                    },
                    Tls = Plans.Tls("ASCA1") with
                    {
                        NamedCertificateIds = ["ASCA3", "ASCA2"],
                        CipherSuites = ["TLS_AES_128_GCM_SHA256"],
                        ClientAuthentication = new("T1", true, true, HasRevocations: true),
                    },
                    DefaultAction = new PlannedAction.FixedResponse(404, "text/plain", "none"),
                    Rules =
                    [
                        new(
                            1,
                            [
                                new PlannedCondition.Host([new("*.example.com")]), new PlannedCondition.Path([new("/a*"), new("/b?")]),
                                new PlannedCondition.Header("X-Any", [new("*")]), new PlannedCondition.Method(["GET", "HEAD"]),
                                new PlannedCondition.Query([new("key", "value"), new(null, "value*")]),
                                new PlannedCondition.Source(["10.0.0.0/8"]),
                            ],
                            new PlannedAction.Forward(
                                [new("http-8081", 2), new("own", 0)], new(Plans.StickinessKey, "AWSALBTG", "AWSALBTGCORS", 60))),
                        new(2, [], new PlannedAction.Redirect(301, "https", "#{host}", "443", "/#{path}", "#{query}")),
                    ],
                },
            ],
            Pools =
            [
                usual.Pools[0] with
                {
                    MemberPort = null,
                    FailsOpenBelow = 1,
                    FailsOpenBelowPercent = 50,
                    IsChecked = false,
                    Balance = PoolBalance.Random,
                    ProxyProtocol = ProxyProtocol.Version2,
                    Stickiness = new(Plans.StickinessKey, "AWSALB", null, 60, null) { IsRenewed = true, EmptyCookies = ["AWSALB-1"] },
                    Probe = Plans.HttpProbe with
                    {
                        Port = null,
                        Statuses = [200, 204],
                        UserAgent = "ELB-HealthChecker/2.0",
                        IsHttp2 = true,
                        GrpcStatuses = [0, 12],
                    },
                    MemberProtocol = MemberProtocol.Grpc,
                    IsHttp2Secure = true,
                },
            ],
        };

        Assert.All([usual, other], planned => Assert.Equal(planned, planned.ToApplied().ToPlan()));
        Assert.DoesNotContain("Answers", AppliedFile.LineOf(usual), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("AWSELB", AppliedFile.LineOf(usual), StringComparison.Ordinal);
        Assert.DoesNotContain("ELB-HealthChecker", AppliedFile.LineOf(usual), StringComparison.Ordinal);
    }

    private static PlannedLoadBalancer Asking(PlannedLoadBalancer web, string feature)
    {
        var listener = Plans.Listener(8090);
        var own = web.Pools[0] with { Name = "own" };
        return feature switch
        {
            "datagrams" => With(listener with { Mode = TrafficMode.Udp, Http = null }),
            "clients that stay with a pool without HTTP" =>
                With(Plans.Listener(8090) with { Mode = TrafficMode.Tcp, Http = null, DefaultAction = Two() }),
            "clients' certificates" => With(Plans.Listener(8090).To("own") with
            {
                Mode = TrafficMode.Tcp, Http = null, Tls = Plans.Tls("ASCA1") with { ClientAuthentication = new("T1", false, false) },
            }),
            "short methods" => With(listener with { Http = listener.Http! with { MaxMethodLength = 40 } }),
            _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "No such case."),
        };

        PlannedAction.Forward Two() => new(
            [new("http-8081", 1), new("own", 2)], new(Plans.StickinessKey, "AWSALBTG", "AWSALBTGCORS", 60));

        PlannedLoadBalancer With(PlannedListener asking, PlannedPool? pool = null) =>
            web with { Listeners = [web.Listeners[0], asking], Pools = [web.Pools[0], pool ?? own] };
    }
}
