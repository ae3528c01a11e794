using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Updating;

namespace CloudLb.Tests.HAProxy;

/// <summary>Which changes of rules are nothing but other entries of a map.</summary>
public sealed class RuleMapPlanTests
{
    private static readonly PlannedLoadBalancer Web = Plans.LoadBalancer("web") with
    {
        Pools =
        [
            .. new[] { "one", "three", "two" }.SelectMany(name => OpenPools.Added(
                Plans.LoadBalancer("web") with { Pools = [Plans.Pool() with { Name = name, FailsOpenBelow = 1 }] }).Pools),
        ],
    };

    private static readonly PlannedRewrite[] Rewrites = [new(RewrittenPart.PathAndQuery, "^/never", "/a")];

    public static TheoryData<string, bool, string> Changes => new()
    {
        { "/a one, /b two, /c one, /d two, /e one", false, "Commands" },
        { "/a one, /b two, /c one, /d two, /e one", true, "Commands" },
        { "/a one, /b two, /d two, /f one", false, "Commands" },
        { "/a one, /b one, /c one, /d two", false, "Commands" },
        { "/a one, /b one, /c one, /d two", true, "Commands" },
        { "/x one, /b two, /c one, /d two", true, "Commands" },
        { "/b two, /a one, /c one, /d two", false, "Commands" },
        { "/b two, /a one, /c one, /d two", true, "HandOver" },
        { "/b two, /a two, /c one, /d one, /e one, /f two, /a/x* one", false, "Commands" },
        { "/a one, /b two, /d two, /e one, /f two", true, "HandOver" },
        { "/a one, /b two, /c one", false, "HandOver" },
        { "/a one, /b two, /c one, /d*d two", false, "HandOver" },
        { "/a one, /b two, /c one, /d two, /?e one", false, "HandOver" },
        { "/a one, /b two, /c one, /d two, h/e one", false, "HandOver" },
        { "/a one, /b two, /c one, /d answer", false, "HandOver" },
        { "/a one, /b two, /c one, /d two, /e answer", false, "HandOver" },
        { "/a one, /b two, /c one, /d other", false, "HandOver" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Rules_of_maps_change_at_run_time_and_others_do_not(string after, bool isDecidedBefore, string expected) =>
        Assert.Equal(expected, Compare("/a one, /b two, /c one, /d two", after, isDecidedBefore));

    [Theory]
    [InlineData("x/a one, x/b two, y/a one, y/b two, z/a one", "Commands")]
    [InlineData("x/a one, x/b two, x/a* one, x/b* two", "Commands")]
    [InlineData("z/a one, y/a two, x/a one, w/a* two", "Commands")]
    [InlineData("x/a one, x/b two, y/a one, /b two", "HandOver")]
    public void So_do_those_with_hosts(string after, string expected) =>
        Assert.Equal(expected, Compare("x/a one, x/b two, y/a one, y/b two", after, false));

    [Theory]
    [InlineData("/a one, /b two, /c one, /d two, x/a two, x/b two, x/c one, x/d two", "Commands")]
    [InlineData("/a two, /b two, /c one, /d two, x/a two, x/b two, x/c one, x/d two", "HandOver")]
    public void Of_two_maps_of_a_listener_one_changes_at_run_time(string after, string expected) => Assert.Equal(
        expected, Compare("/a one, /b two, /c one, /d two, x/a one, x/b two, x/c one, x/d two", after, false));

    [Fact]
    public void Members_and_listeners_may_change_with_them()
    {
        var served = With("/a one, /b two, /c one, /d two", false);
        served = served with { Listeners = [served.Listeners[0], Plans.Listener(9) with { Rules = served.Listeners[0].Rules }] };
        var next = With("/a one, /b two, /c one, /e two", false);
        var member = new PlannedMember { Target = "i-1", Address = new([10, 0, 0, 5]), Port = 80, Weight = 1 };
        next = next with { Pools = next.Pools.Select(pool => pool with { Members = [member] }).ToEquatableArray() };

        Assert.Equal(UpdateKind.Commands, PlanDiff.Compare(served, next, Render).Kind);
        var changes = new RuntimeChanges(1, Render);
        changes.Collect(served, next);
        Assert.Contains(new("/e?", "123456789012:us-east-1:web:two"), Assert.Single(changes.Maps).Entries);
        Assert.Equal(next.Pools.Count, changes.Members.Added.Count);
        Assert.Single(changes.ClosedListeners);
    }

    [Fact]
    public void A_setting_of_the_listener_takes_a_hand_over_with_them()
    {
        var next = With("/a one, /b two, /c one, /e two", false);
        next = next with { Listeners = [next.Listeners[0] with { IdleTimeout = TimeSpan.FromSeconds(7) }] };

        Assert.Equal(UpdateKind.HandOver, PlanDiff.Compare(With("/a one, /b two, /c one, /d two", false), next, Render).Kind);
    }

    [Fact]
    public void A_deletion_that_takes_a_hand_over_is_told_as_one()
    {
        const string Before = "/a one, /b two, /c one, /d two";

        Assert.Equal((UpdateKind.HandOver, PlanDiff.RuleDeleted), Compare(Before, "/a one, /b two, /c one"));
        Assert.Equal((UpdateKind.HandOver, "listener changed"), Compare(Before, "/a one, /b two, /e one"));
        Assert.Equal((UpdateKind.HandOver, "listener changed"), Compare("/a one, /b two, /c one", Before));

        static (UpdateKind, string) Compare(string before, string after) =>
            PlanDiff.Compare(With(before, false), With(after, false), Render);
    }

    [Fact]
    public void Sections_of_numbers_that_are_new_are_there_before_the_numbers_are()
    {
        var changes = new RuntimeChanges(1, Render);
        changes.Collect(With("/a one, /b two, /c one, /d two", true), With("/a one, /b two, /c one, /d two, /e one", true));

        Assert.Equal([true, false], changes.Maps.Select(map => map.HasSections));
    }

    private static string Compare(string before, string after, bool isDecidedBefore) =>
        PlanDiff.Compare(With(before, isDecidedBefore), With(after, isDecidedBefore), Render).Kind.ToString();

    private static LoadBalancerSections Render(PlannedLoadBalancer planned) =>
        LoadBalancerSections.Render(planned, HAProxyCapabilities.None);

    /// <param name="rules">Each a host, if any, a path and a pool, <c>answer</c> or a pool that is not there.</param>
    /// <param name="isDecidedBefore">Whether the rules are found as numbers.</param>
    private static PlannedLoadBalancer With(string rules, bool isDecidedBefore) => Web with
    {
        Listeners =
        [
            Web.Listeners[0] with
            {
                DefaultAction = PlannedAction.Forward.To("three"),
                Rules = rules.Split(", ").Select((rule, index) => Rule(index + 1, rule.Split(' '), isDecidedBefore)).ToEquatableArray(),
            },
        ],
    };

    private static PlannedRule Rule(int priority, string[] words, bool isDecidedBefore)
    {
        var (host, path) = (words[0][..words[0].IndexOf('/')], words[0][words[0].IndexOf('/')..]);
        PlannedCondition[] conditions = host.Length > 0
            ? [new PlannedCondition.Host([new(host)]), new PlannedCondition.Path([new(path)])]
            : [new PlannedCondition.Path([new(path)])];
        return new(
            priority,
            conditions.ToEquatableArray(),
            words[1] == "answer" ? new PlannedAction.FixedResponse(200, "text/plain", "answer") : PlannedAction.Forward.To(words[1]),
            isDecidedBefore && priority == 1 ? Rewrites.ToEquatableArray() : []);
    }
}
