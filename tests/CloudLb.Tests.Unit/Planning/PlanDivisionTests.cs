using System.Net;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.Unit.Planning;

/// <summary>What is given to the data plane of datagrams, and what to the other.</summary>
public sealed class PlanDivisionTests
{
    [Fact]
    public void A_plan_without_datagrams_is_given_as_it_is()
    {
        var plan = new TrafficPlan([Planned("web", Listener(TrafficMode.Tcp, 80, "web"))]);

        var (streams, datagrams) = new PlanDivision().Divide(plan);

        Assert.Same(plan, streams);
        Assert.Empty(datagrams.LoadBalancers);
    }

    [Fact]
    public void Listeners_of_datagrams_are_parted_from_the_rest_and_their_pools_are_checked_beside_all_others()
    {
        var both = Planned("dns", Listener(TrafficMode.Tcp, 53, "both"), Listener(TrafficMode.Udp, 53, "both")) with
        {
            Pools = [Pool("both", TrafficMode.Tcp), Pool("only", TrafficMode.Udp) with { FailsOpenBelow = 1 }],
        };
        var division = new PlanDivision();

        var (streams, datagrams) = division.Divide(new([both]));

        var stream = Assert.Single(streams.LoadBalancers);
        Assert.Equal(TrafficMode.Tcp, Assert.Single(stream.Listeners).Mode);
        Assert.Equal([("both", TrafficMode.Tcp, 0), ("only", TrafficMode.Tcp, 0)],
            stream.Pools.Select(pool => (pool.Name, pool.Mode, pool.FailsOpenBelow)));
        var datagram = Assert.Single(datagrams.LoadBalancers);
        Assert.Equal(TrafficMode.Udp, Assert.Single(datagram.Listeners).Mode);
        Assert.Equal(both.Pools, datagram.Pools);
        Assert.Equal((stream, datagram), division.Find(both.Id));

        var (again, _) = division.Divide(new([both]));
        Assert.Same(stream, Assert.Single(again.LoadBalancers));
    }

    private static PlannedLoadBalancer Planned(string name, params PlannedListener[] listeners) => new()
    {
        Id = new("nlb", new AccountId("123456789012"), "us-east-1", name),
        Addresses = [IPAddress.Parse("10.0.0.1")],
        Listeners = listeners.ToEquatableArray(),
        Pools = [Pool("web", TrafficMode.Tcp)],
        Answers = new("alb", []),
    };

    private static PlannedListener Listener(TrafficMode mode, int port, string pool) => new()
    {
        Port = port, Mode = mode, DefaultAction = PlannedAction.Forward.To(pool), IdleTimeout = TimeSpan.FromSeconds(120),
    };

    private static PlannedPool Pool(string name, TrafficMode mode) => new()
    {
        Name = name,
        Mode = mode,
        Balance = PoolBalance.Random,
        IdleTimeout = TimeSpan.FromSeconds(120),
        Probe = new()
        {
            Protocol = ProbeProtocol.Tcp, Port = null, Path = "", Interval = TimeSpan.FromSeconds(30), Timeout = TimeSpan.FromSeconds(10),
            Rise = 5, Fall = 2,
        },
        Members = [],
    };
}
