using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Policies;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Updating;

namespace CloudLb.Tests.HAProxy;

public sealed class UpdatingTests
{
    private static readonly PlannedLoadBalancer Web = Plans.LoadBalancer("web", Member("i-1", 5), Member("i-2", 6));

    public static TheoryData<string, string> Updates => new()
    {
        { "same", "Nothing" }, { "equal", "Nothing" }, { "member added", "Commands" }, { "member removed", "Commands" },
        { "weight", "Commands" }, { "pool weights", "Commands" }, { "rule's weights", "Commands" }, { "no weight", "HandOver" },
        { "other pools", "HandOver" }, { "rule added", "HandOver" }, { "stays with its pool", "HandOver" },
        { "draining", "Commands" }, { "health pool", "Commands" }, { "listener removed", "Commands" },
        { "load balancer removed", "Commands" },
        { "load balancer added", "HandOver" }, { "listener added", "HandOver" }, { "idle timeout", "HandOver" }, { "probe", "HandOver" },
        { "address", "HandOver" }, { "mode", "HandOver" }, { "pool added", "HandOver" }, { "stickiness", "HandOver" },
        { "proxy protocol", "HandOver" },
    };

    [Theory]
    [MemberData(nameof(Updates))]
    public void Only_what_needs_a_new_process_is_handed_over(string change, string expected)
    {
        var (served, next) = change switch
        {
            "same" => (Web, Web),
            "equal" => (Web, Web with { Pools = [Web.Pools[0] with { }] }),
            "member added" => (Web, Web.With(Member("i-1", 5), Member("i-2", 6), Member("i-3", 7))),
            "member removed" => (Web, Web.With(Member("i-1", 5))),
            "weight" => (Web, Web.With(Member("i-1", 5), Member("i-2", 6) with { Weight = 9 })),
            "pool weights" => (Forwarding(1, 2), Forwarding(0, 7)),
            "rule's weights" => (Forwarding(1, 2, Rule(1, 2)), Forwarding(2, 1, Rule(0, 7))),
            "no weight" => (Forwarding(1, 2), Forwarding(0, 0)),
            "other pools" => (Forwarding(1, 2), To(new PlannedAction.Forward([new("two", 1), new("one", 2)]))),
            "rule added" => (Forwarding(1, 2), Forwarding(0, 7, Rule(1, 2))),
            "stays with its pool" => (
                Forwarding(1, 2), To(Both(1, 2) with { Stickiness = new(Plans.StickinessKey, "AWSALBTG", "AWSALBTGCORS", 60) })),
            "draining" => (Web, Web.With(Member("i-1", 5), Member("i-2", 6) with { DrainingUntil = DateTimeOffset.UnixEpoch })),
            "health pool" => (Web, Web with { HealthPool = "other" }),
            "listener removed" => (Web, Web with { Listeners = [] }),
            "load balancer removed" => (Web, null),
            "load balancer added" => (null, Web),
            "listener added" => (Web, Web with { Listeners = [Web.Listeners[0], Plans.Listener(9)] }),
            "idle timeout" => (Web, Web with { Listeners = [Web.Listeners[0] with { IdleTimeout = TimeSpan.FromSeconds(7) }] }),
            "probe" => (Web, Web.Checked(Plans.FastProbe)),
            "address" => (Web, Web with { Addresses = [Loopback.Next()] }),
            "mode" => (Web, Web.AsTcp()),
            "pool added" => (Web, Web with { Pools = [Web.Pools[0], Web.Pools[0] with { Name = "other" }] }),
            "stickiness" => (Web, Web.Sticky(Plans.Stickiness(null, null))),
            "proxy protocol" => (Web.AsTcp(), Web.AsTcp().WithProxyProtocol()),
            _ => ((PlannedLoadBalancer?)null, (PlannedLoadBalancer?)null),
        };

        Assert.Equal(expected, PlanDiff.Compare(served, next, Render).Kind.ToString());
    }

    [Fact]
    public void One_change_among_ten_thousand_load_balancers_is_the_only_one_found()
    {
        var before = Plans.Of([.. Enumerable.Range(0, 10_000).Select(number => Plans.LoadBalancer($"web-{number}"))]);
        var changed = before.LoadBalancers[5000] with { HealthPool = "other" };
        var after = new TrafficPlan(
            before.LoadBalancers.Select(loadBalancer => loadBalancer.Id == changed.Id ? changed : loadBalancer).ToEquatableArray());

        Assert.Equal([(changed.Id, changed)], PlanChanges.Between(before, after));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("semi;colon")]
    [InlineData("slash/")]
    [InlineData("hash#")]
    [InlineData("quote'")]
    [InlineData("quote\"")]
    [InlineData("back\\slash")]
    [InlineData("$variable")]
    [InlineData("\u00e9")]
    [InlineData("nul\0")]
    public void A_hostile_name_is_refused_in_files_and_in_commands(string name)
    {
        var member = Member(name, 5);

        Assert.Throws<UnwritableValueException>(() => LoadBalancerSections.Render(Web.With(member), HAProxyCapabilities.None));
        Assert.Throws<UnwritableValueException>(
            () => ServerLine.AddCommand(new MemberName("pool", name), member, Plans.Pool(), HAProxyCapabilities.None));
        Assert.Throws<UnwritableValueException>(() => ProxyName.OfPool(Plans.Id(name), "pool"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("semi;colon")]
    [InlineData("quote\"")]
    [InlineData("paren)")]
    [InlineData("comma,")]
    [InlineData("back\\slash")]
    [InlineData("\u00e9")]
    public void A_hostile_cookie_name_is_refused(string name) =>
        Assert.Throws<UnwritableValueException>(
            () => LoadBalancerSections.Render(Web.Sticky(Plans.Stickiness(null, name)), HAProxyCapabilities.None));

    [Fact]
    public void Every_cookie_name_that_a_policy_may_have_can_be_written()
    {
        for (var character = '\0'; character < 256; character++)
        {
            var name = $"a{character}b";
            var isAccepted = Record.Exception(() => LoadBalancerWith(name)) is null;
            var isWritable = Record.Exception(
                () => LoadBalancerSections.Render(Web.Sticky(Plans.Stickiness(null, name)), HAProxyCapabilities.None)) is null;
            Assert.True(isAccepted == isWritable, $"character {(int)character}");
        }
    }

    private static LoadBalancer LoadBalancerWith(string cookieName) => new LoadBalancer
    {
        Key = new(Plans.Id("web").Account, Plans.Id("web").Region, "web"),
        DnsName = "web",
        Address = System.Net.IPAddress.Loopback,
        Scheme = LoadBalancerScheme.Internal,
        CreatedTime = DateTimeOffset.UnixEpoch,
        Listeners = [],
        AvailabilityZones = [],
        HealthCheck = HealthCheck.Default(80),
    }.WithPolicy(
        new() { Name = "app", TypeName = PolicyTypes.AppCookieStickiness, Attributes = [new(PolicyTypes.CookieName, cookieName)] }, new());

    [Fact]
    public void Names_map_both_ways()
    {
        Assert.True(ProxyName.TryParse(ProxyName.OfListener(Plans.Id("web"), 80), out var key, out var last));

        Assert.Equal((Plans.Id("web"), "80"), (key, last));
        var application = Plans.Id("web") with { Kind = "alb" };
        Assert.Equal("alb:123456789012:us-east-1:web:80:2", ProxyName.OfListener(application, 80, 2));
        Assert.True(ProxyName.TryParse(ProxyName.OfListener(application, 80, 2), out key, out last));
        Assert.Equal((application, "80"), (key, last));
        Assert.Throws<UnwritableValueException>(() => ProxyName.OfPool(Plans.Id("a:b"), "pool"));
    }

    private static LoadBalancerSections Render(PlannedLoadBalancer planned) =>
        LoadBalancerSections.Render(planned, HAProxyCapabilities.None);

    private static PlannedLoadBalancer Forwarding(int one, int two, params PlannedRule[] rules) => To(Both(one, two), rules);

    private static PlannedLoadBalancer To(PlannedAction action, params PlannedRule[] rules) =>
        Web with { Listeners = [Web.Listeners[0] with { DefaultAction = action, Rules = rules.ToEquatableArray() }] };

    private static PlannedAction.Forward Both(int one, int two) => new([new("one", one), new("two", two)]);

    private static PlannedRule Rule(int one, int two) => new(7, [new PlannedCondition.Path([new("/a")])], Both(one, two));

    private static PlannedMember Member(string id, byte last) =>
        new() { Target = id, Address = new System.Net.IPAddress([10, 0, 0, last]), Port = TestInstance.Port, Weight = 1 };
}
