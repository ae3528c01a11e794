using System.Diagnostics;
using CloudLb.Core;
using CloudLb.Core.Health;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.LoadBalancers.Policies;
using CloudLb.Core.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Health;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Process;
using CloudLb.HAProxy.Updating;

namespace CloudLb.Tests.HAProxy;

public sealed class UpdatingTests
{
    private static readonly PlannedLoadBalancer Web = Plans.LoadBalancer("web", Member("i-1", 5), Member("i-2", 6));

    public static TheoryData<string, string> Updates => new()
    {
        { "same", "Nothing" }, { "equal", "Nothing" }, { "member added", "Members" }, { "member removed", "Members" }, { "weight", "Members" },
        { "draining", "Members" }, { "health pool", "Members" }, { "listener removed", "Members" }, { "load balancer removed", "Members" },
        { "load balancer added", "Structure" }, { "listener added", "Structure" }, { "idle timeout", "Structure" }, { "probe", "Structure" },
        { "address", "Structure" }, { "mode", "Structure" }, { "pool added", "Structure" }, { "stickiness", "Structure" }, { "proxy protocol", "Structure" },
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
            "draining" => (Web, Web.With(Member("i-1", 5), Member("i-2", 6) with { DrainingUntil = DateTimeOffset.UnixEpoch })),
            "health pool" => (Web, Web with { HealthPool = "other" }),
            "listener removed" => (Web, Web with { Listeners = [] }),
            "load balancer removed" => (Web, null),
            "load balancer added" => (null, Web),
            "listener added" => (Web, Web with { Listeners = [Web.Listeners[0], Plans.Listener(9)] }),
            "idle timeout" => (Web, Web with { Listeners = [Web.Listeners[0] with { IdleTimeout = TimeSpan.FromSeconds(7) }] }),
            "probe" => (Web, Web.Checked(Plans.FastProbe)),
            "address" => (Web, Web with { Address = Loopback.Next() }),
            "mode" => (Web, Web.AsTcp()),
            "pool added" => (Web, Web with { Pools = [Web.Pools[0], Web.Pools[0] with { Name = "other" }] }),
            "stickiness" => (Web, Web.Sticky(new(Plans.StickinessKey, null, null))),
            "proxy protocol" => (Web.AsTcp(), Web.AsTcp().WithProxyProtocol()),
            _ => ((PlannedLoadBalancer?)null, (PlannedLoadBalancer?)null),
        };

        Assert.Equal(expected, PlanDiff.Compare(served, next).Kind.ToString());
    }

    [Fact]
    public void One_change_among_ten_thousand_load_balancers_is_found_in_well_under_a_millisecond()
    {
        var before = Plans.Of([.. Enumerable.Range(0, 10_000).Select(number => Plans.LoadBalancer($"web-{number}"))]);
        var changed = before.LoadBalancers[5000] with { HealthPool = "other" };
        var after = new TrafficPlan(before.LoadBalancers.Select(loadBalancer => loadBalancer.Key == changed.Key ? changed : loadBalancer).ToEquatableArray());
        PlanChanges.Between(before, after);

        var best = Enumerable.Range(0, 20).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal([(changed.Key, changed)], PlanChanges.Between(before, after));
            return watch.Elapsed;
        });

        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("Health check for server a:b/i-1 succeeded, reason: Layer7 check passed, code: 200, check duration: 0ms, status: 3/10 DOWN.", "Passed", 3)]
    [InlineData("Health check for server a:b/i-1 failed, reason: Layer7 wrong status, code: 500, info: \"status: 9/9\", check duration: 0ms, status: 1/2 UP.", "Failed", 1)]
    [InlineData("Server a:b/i-1 is DOWN. 1 active and 0 backup servers left.", "Down", 0)]
    [InlineData("Server a:b/i-1 is UP, reason: Layer4 check passed, check duration: 0ms. 1 active and 0 backup servers online.", "Up", 0)]
    public void An_event_is_read(string line, string kind, int passes)
    {
        Assert.True(HealthEvent.TryParse(line, out var told));
        Assert.Equal((new MemberName("a:b", "i-1"), kind, passes), (told.Member, told.Kind.ToString(), told.Passes));
    }

    [Theory]
    [InlineData("Server a:b/i-1 is UP/READY (leaving forced maintenance).")]
    [InlineData("Server a:b/i-1 is going DOWN for maintenance. 0 active and 0 backup servers left.")]
    [InlineData("backend a:b has no server available!")]
    [InlineData("Server ")]
    [InlineData("Health check for server a:b")]
    [InlineData("")]
    public void What_is_no_check_of_one_server_is_no_event(string line) => Assert.False(HealthEvent.TryParse(line, out _));

    [Theory]
    [InlineData(true, false, 0, null, ObservedHealth.Passing)]
    [InlineData(false, false, 0, null, ObservedHealth.Failed)]
    [InlineData(false, false, 1, null, ObservedHealth.Recovering)]
    [InlineData(false, true, 0, null, ObservedHealth.Registering)]
    [InlineData(false, true, 0, 29, ObservedHealth.Registering)]
    [InlineData(false, true, 0, 30, ObservedHealth.Failed)]
    public void A_state_is_told_in_neutral_words(bool isUp, bool isUnproven, int passes, int? secondsSinceFirstFailure, ObservedHealth expected)
    {
        var now = TimeSpan.FromDays(1);
        var member = MemberHealth.New(Member("i-1", 5), Plans.HttpProbe) with
        {
            IsUp = isUp,
            IsUnproven = isUnproven,
            Passes = passes,
            FirstFailure = secondsSinceFirstFailure is { } seconds ? now - TimeSpan.FromSeconds(seconds) : null,
        };

        Assert.Equal(expected, StatusMapping.Observe(member, now));
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
        Assert.Throws<UnwritableValueException>(() => ServerLine.AddCommand(new MemberName("pool", name), member, Plans.Pool(), HAProxyCapabilities.None));
        Assert.Throws<UnwritableValueException>(() => ProxyName.OfPool(Plans.Key(name), "pool"));
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
        Assert.Throws<UnwritableValueException>(() => LoadBalancerSections.Render(Web.Sticky(new(Plans.StickinessKey, null, name)), HAProxyCapabilities.None));

    [Fact]
    public void Every_cookie_name_that_a_policy_may_have_can_be_written()
    {
        for (var character = '\0'; character < 256; character++)
        {
            var name = $"a{character}b";
            var isAccepted = Record.Exception(() => LoadBalancerWith(name)) is null;
            var isWritable = Record.Exception(() => LoadBalancerSections.Render(Web.Sticky(new(Plans.StickinessKey, null, name)), HAProxyCapabilities.None)) is null;
            Assert.True(isAccepted == isWritable, $"character {(int)character}");
        }
    }

    private static LoadBalancer LoadBalancerWith(string cookieName) => new LoadBalancer
    {
        Key = Plans.Key("web"),
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
        Assert.True(ProxyName.TryParse(ProxyName.OfListener(Plans.Key("web"), 80), out var key, out var last));

        Assert.Equal((Plans.Key("web"), "80"), (key, last));
        Assert.Throws<UnwritableValueException>(() => ProxyName.OfPool(Plans.Key("a:b"), "pool"));
    }

    private static PlannedMember Member(string id, byte last) =>
        new() { InstanceId = id, Address = new System.Net.IPAddress([10, 0, 0, last]), Port = TestInstance.Port, Weight = 1 };
}
