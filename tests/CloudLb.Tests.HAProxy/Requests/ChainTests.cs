using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;

namespace CloudLb.Tests.HAProxy;

/// <summary>A load balancer whose member is another one, which is told whose connection each is.</summary>
public sealed class ChainTests
{
    private const int FirstPort = 8090;

    private static readonly (string, string) Often = (nameof(HAProxyOptions.PollInterval), "00:00:00.2");

    [Fact]
    public async Task Members_behind_both_are_told_the_client_and_the_port_of_the_second_also_after_a_hand_over_and_a_restart()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var running = await RunningDataPlane.StartAsync(settings: Often);
        var web = Target(Plans.LoadBalancer("web", instance.Planned()));
        var net = ChainedTo(web);
        await running.ApplyAsync(web, net);
        await running.IsPassingAsync(web, "i-1");
        await running.IsPassingAsync(net, "the_web");
        await IsToldAsync(net, IPAddress.Parse("127.88.77.66"));
        await IsToldAsync(web, IPAddress.Parse("127.88.77.55"), Plans.Port);
        var (generation, another) = (running.Generation, Plans.LoadBalancer("another"));
        await running.ApplyAsync(web, net, another);
        Assert.Equal(generation + 1, running.Generation);
        await IsToldAsync(net, IPAddress.Parse("127.88.77.66"));

        await running.CrashAsync();
        await using var next = await RunningDataPlane.StartAsync(running.Directory, Often);
        await next.ApplyAsync(web, net, another);
        Assert.Equal(generation + 1, next.Generation);
        await IsToldAsync(net, IPAddress.Parse("127.88.77.66"));
    }

    [Fact]
    public async Task Who_may_connect_to_the_second_is_judged_by_the_client_and_checks_pass_all_the_same()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: Often);
        var web = Target(Plans.LoadBalancer("web", instance.Planned()));
        web = web with { Listeners = [web.Listeners[0] with { AllowedSources = ["127.88.77.66/32"] }] };
        var net = ChainedTo(web);
        await running.ApplyAsync(web, net);
        await running.IsPassingAsync(net, "the_web");
        await IsToldAsync(net, IPAddress.Parse("127.88.77.66"));

        using var other = await KeptConnection.OpenAsync(net, FirstPort, source: IPAddress.Parse("127.88.77.55"));
        Assert.Null(await other.GetAsync("/headers"));

        // Nobody else can say whose a connection is.
        using var liar = await KeptConnection.OpenAsync(web, source: IPAddress.Parse("127.88.77.66"));
        Assert.Equal(400, (await liar.AskAsync("PROXY TCP4 192.0.2.1 192.0.2.2 1 80\r\nGET / HTTP/1.1\r\nHost: web\r\n\r\n"))?.Status);
    }

    [Fact]
    public async Task The_second_may_speak_TLS_and_is_checked_by_it()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: Often);
        var certificate = running.Certificates.Add(TestCertificate.SelfSigned());
        var web = Target(Plans.LoadBalancer("web", instance.Planned())).Secure(Plans.Tls(certificate));
        var net = ChainedTo(web);
        net = net.Checked(net.Pools[0].Probe with { Protocol = ProbeProtocol.Https });
        await running.ApplyAsync(web, net);
        await running.IsPassingAsync(web, "i-1");
        await running.IsPassingAsync(net, "the_web");
        using var client = await KeptConnection.OpenAsync(net, FirstPort, isSecure: true, source: IPAddress.Parse("127.88.77.66"));

        Assert.Contains("X-Forwarded-For: 127.88.77.66", await HeadersAsync(client));

        // Its own check at work, and not that of the first moment.
        await instance.DisposeAsync();
        await Eventually.IsTrueAsync(
            () => running.DataPlane.Find(net.Id, "the_web") == Core.Traffic.Health.ObservedHealth.Failed, "the check fails");
    }

    private static PlannedLoadBalancer Target(PlannedLoadBalancer web) => web with
    {
        Listeners = [web.Listeners[0] with { IsTarget = true }],
        Pools = [web.Pools[0] with { Probe = Plans.FastProbe }],
    };

    /// <summary>Listening on another port than the other.</summary>
    private static PlannedLoadBalancer ChainedTo(PlannedLoadBalancer web)
    {
        var member = new PlannedMember { Target = "the_web", Address = web.Address, Port = Plans.Port, Weight = 1 };
        var net = Plans.LoadBalancer("net", member).AsTcp();
        return net with
        {
            Listeners = [net.Listeners[0] with { Port = FirstPort }],
            Pools =
            [
                net.Pools[0] with
                {
                    MemberPort = Plans.Port,
                    LoadBalancer = new(web.Address, Plans.Port),
                    Probe = Plans.FastProbe with { Interval = TimeSpan.FromSeconds(1), Port = null, IsOfLoadBalancer = true },
                },
            ],
        };
    }

    private static async Task IsToldAsync(PlannedLoadBalancer first, IPAddress client, int port = FirstPort)
    {
        using var connection = await KeptConnection.OpenAsync(first, port, source: client);
        var headers = await HeadersAsync(connection);
        Assert.Contains($"X-Forwarded-For: {client}", headers);
        Assert.Contains($"X-Forwarded-Port: {Plans.Port}", headers);
    }

    private static async Task<string[]> HeadersAsync(KeptConnection connection) =>
        (await connection.GetAsync("/headers"))?.Body.Split('\n') ?? [];
}
