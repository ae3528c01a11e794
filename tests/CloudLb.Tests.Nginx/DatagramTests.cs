using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Nginx;
using CloudLb.Nginx.Machine;

namespace CloudLb.Tests.Nginx;

/// <summary>What every data plane does, of datagrams: the facts of <c>DataPlaneContract</c> that are not about requests.</summary>
public sealed class DatagramTests
{
    private const int SecondPort = 5354;
    private const int Flows = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_served_and_flows_are_spread_over_its_members()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Plans.LoadBalancer("dns", first.Planned(), second.Planned());

        await nginx.ApplyAsync(dns);

        Assert.Empty(nginx.DataPlane.Faults);
        Assert.Equal(["i-1", "i-2"], await AnswersAsync(dns.Place()));
    }

    [Fact]
    public async Task A_flow_stays_with_its_member_and_a_source_too_where_that_is_wanted()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Plans.LoadBalancer("dns", first.Planned(), second.Planned());
        await nginx.ApplyAsync(dns);
        using (var client = new DatagramClient())
        {
            var answers = new HashSet<string?>();
            for (var question = 0; question < 5; question++)
            {
                answers.Add(await client.AskAsync(dns.Place()));
            }

            Assert.Single(answers);
            Assert.NotNull(answers.Single());
        }

        await nginx.ApplyAsync(dns.With(pool => pool with { Balance = PoolBalance.Source }));

        Assert.Single(await AnswersAsync(dns.Place()));
    }

    [Fact]
    public async Task The_same_plan_again_changes_nothing()
    {
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Plans.LoadBalancer("dns", target.Planned());
        await nginx.ApplyAsync(dns);
        var before = nginx.Processes;

        await nginx.ApplyAsync(dns with { });

        Assert.Equal(before, nginx.Processes);
    }

    [Fact]
    public async Task Members_change_without_a_datagram_that_reaches_none()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Plans.LoadBalancer("dns", first.Planned());
        await nginx.ApplyAsync(dns);
        using var client = new DatagramClient();
        using var enough = new CancellationTokenSource();
        var sending = SendAsync(client, dns.Place(), enough.Token);

        for (var change = 0; change < 5; change++)
        {
            await nginx.ApplyAsync(dns.With(first.Planned(), second.Planned()));
            await nginx.ApplyAsync(dns.With(second.Planned()));
            await nginx.ApplyAsync(dns.With(first.Planned(DateTimeOffset.UtcNow.AddMinutes(5)), second.Planned()));
            await nginx.ApplyAsync(dns);
        }

        await enough.CancelAsync();
        var sent = await sending;
        await Eventually.IsTrueAsync(
            () => first.Received.Concat(second.Received).Select(received => received.Text).Distinct().Count() == sent,
            $"all of {sent} datagrams have come");
        Assert.NotEmpty(second.Received);
        Assert.Empty(nginx.DataPlane.Faults);
    }

    [Fact]
    public async Task New_flows_follow_the_checks()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2");
        await using var nginx = await RunningNginx.StartAsync();
        nginx.Health["i-2"] = ObservedHealth.Registering;
        var dns = Plans.LoadBalancer("dns", first.Planned(), second.Planned());
        await nginx.ApplyAsync(dns);
        Assert.Equal(["i-1"], await AnswersAsync(dns.Place()));

        (nginx.Health["i-1"], nginx.Health["i-2"]) = (ObservedHealth.Failed, ObservedHealth.Passing);
        await Eventually.IsTrueAsync(async () => await DatagramClient.AskOnceAsync(dns.Place()) == "i-2", "the second has the flows");

        nginx.Health["i-2"] = ObservedHealth.Failed;
        await Eventually.IsTrueAsync(async () => await DatagramClient.AskOnceAsync(dns.Place()) is null, "nobody has");

        await nginx.ApplyAsync(dns.With(pool => pool with { FailsOpenBelow = 1 }));
        Assert.Equal(["i-1", "i-2"], await AnswersAsync(dns.Place()));
    }

    [Fact]
    public async Task What_is_changed_of_one_load_balancer_ends_no_flow_of_another()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2");
        await using var nginx = await RunningNginx.StartAsync();
        var (dns, other) = (Plans.LoadBalancer("dns", first.Planned()), Plans.LoadBalancer("other", first.Planned()));
        await nginx.ApplyAsync(dns, other);
        using var client = new DatagramClient();
        Assert.Equal("i-1", await client.AskAsync(other.Place()));

        await nginx.ApplyAsync(dns.With(first.Planned(), second.Planned()), other);
        await nginx.ApplyAsync(other);

        Assert.Equal("i-1", await client.AskAsync(other.Place()));
        Assert.Single(first.Received.Select(received => received.From).Distinct());
        Assert.Null(await DatagramClient.AskOnceAsync(dns.Place()));
        Assert.True(BindTest.WhyNot(dns.Place()) is null, "its port is free again");
    }

    [Fact]
    public async Task What_cannot_be_served_is_told_and_the_rest_is_served()
    {
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Plans.LoadBalancer("dns", target.Planned());
        var both = dns with { Listeners = [dns.Listeners[0], Plans.Listener(SecondPort)] };
        var nowhere = Plans.LoadBalancer("nowhere", IPAddress.Parse("192.0.2.1"), target.Planned());
        using (var taker = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            taker.Bind(dns.Place(SecondPort));
            await nginx.ApplyAsync(both, nowhere);

            Assert.Equal("i-1", await DatagramClient.AskOnceAsync(dns.Place()));
            Assert.Equal(
                new[] { (dns.Id, (int?)SecondPort), (nowhere.Id, Plans.Port) },
                nginx.DataPlane.Faults.Select(fault => (fault.LoadBalancer, fault.Port)).Order());
            Assert.All(nginx.DataPlane.Faults, fault => Assert.EndsWith(".", fault.Reason, StringComparison.Ordinal));
        }

        await Eventually.IsTrueAsync(
            async () => await DatagramClient.AskOnceAsync(dns.Place(SecondPort)) == "i-1", "it is served when its port is free");
        await nginx.ApplyAsync(both);
        Assert.Empty(nginx.DataPlane.Faults);
    }

    [Fact]
    public async Task Only_sources_that_are_let_in_are_served()
    {
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Plans.LoadBalancer("dns", target.Planned());
        await nginx.ApplyAsync(dns with { Listeners = [dns.Listeners[0] with { AllowedSources = ["127.0.0.7/32", "fd00::/8"] }] });

        using var allowed = new DatagramClient(IPAddress.Parse("127.0.0.7"));
        Assert.Equal("i-1", await allowed.AskAsync(dns.Place()));
        Assert.Null(await DatagramClient.AskOnceAsync(dns.Place()));
    }

    [Fact]
    public async Task The_flows_of_a_load_balancer_have_a_limit_of_its_own()
    {
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync(settings: (nameof(NginxOptions.MaxFlowsPerLoadBalancer), "16"));
        var (dns, other) = (Plans.LoadBalancer("dns", target.Planned()), Plans.LoadBalancer("other", target.Planned()));
        await nginx.ApplyAsync(dns, other);
        using var flooding = new Flood(dns.Place(), 200);

        await flooding.SendAsync();
        await Eventually.IsTrueAsync(() => flooding.Distinct(target) >= 16, "as many as are allowed have come");

        Assert.Null(await DatagramClient.AskOnceAsync(dns.Place()));
        Assert.InRange(flooding.Distinct(target), 16, 100);
        Assert.Equal("i-1", await DatagramClient.AskOnceAsync(other.Place()));
    }

    private static async Task<int> SendAsync(DatagramClient client, IPEndPoint place, CancellationToken enough)
    {
        var sent = 0;
        while (!enough.IsCancellationRequested)
        {
            await client.SendAsync(place, $"datagram-{++sent}");
            await Task.Delay(5, Token);
        }

        return sent;
    }

    /// <summary>Who answers new flows, in order.</summary>
    private static async Task<IEnumerable<string?>> AnswersAsync(IPEndPoint place)
    {
        var answers = new List<string?>();
        for (var flow = 0; flow < Flows; flow++)
        {
            answers.Add(await DatagramClient.AskOnceAsync(place));
        }

        return answers.Distinct().Order();
    }
}
