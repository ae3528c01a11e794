using CloudLb.Core.Traffic.Planning;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Planning;
using CloudLb.Tests.Unit.Inventory;
using CloudLb.Tests.Unit.LoadBalancers;
using CloudLb.Tests.Unit.LoadBalancers.Policies;

namespace CloudLb.Tests.Unit.Planning;

public sealed class PolicyPlanTests : IDisposable
{
    /// <summary>Three HTTP listeners and a TCP listener that share the instance port 8080, and a TCP listener to 2525.</summary>
    private static readonly LoadBalancer Web = Sample.LoadBalancer()
        .WithListeners(
            [
                Sample.Listener(81), Sample.Listener(82), Sample.Listener(22, 8080, ListenerProtocol.TCP),
                Sample.Listener(25, 2525, ListenerProtocol.TCP),
            ],
            Sample.Quotas)
        .With(
            SamplePolicies.LBCookie("hour", "3600"), SamplePolicies.LBCookie("zero", "0"), SamplePolicies.LBCookie("session", null),
            SamplePolicies.AppCookie())
        .With(SamplePolicies.Proxy(), SamplePolicies.Proxy("off", "FALSE"));

    private readonly FileInventory _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("hour", 3600L, null)]
    [InlineData("zero", null, null)]
    [InlineData("session", null, null)]
    [InlineData("app", null, "JSESSIONID")]
    public void A_cookie_policy_makes_the_pool_sticky(string policy, long? period, string? cookie) =>
        Assert.Equal(
            new(SamplePolicies.StickinessKey, "AWSELB", "AWSELBCORS", period, cookie), Pool(Web.Set(80, policy), "8080").Stickiness);

    [Fact]
    public void Without_a_policy_nothing_sticks_and_no_PROXY_line_is_sent() =>
        Assert.All(Plan(Web).Pools, pool => Assert.Equal((null, ProxyProtocol.None), (pool.Stickiness, pool.ProxyProtocol)));

    [Fact]
    public void Listeners_that_stick_alike_share_a_pool_and_others_have_their_own()
    {
        Assert.Equal("80:8080 81:8080 82:8080", Pools(Web));
        Assert.Equal("80:8080 81:8080-81 82:8080-81", Pools(Web.Set(80, "hour")));
        Assert.Equal("80:8080 81:8080-81 82:8080", Pools(Web.Set(81, "hour")));
        Assert.Equal("80:8080 81:8080-81 82:8080-82", Pools(Web.Set(80, "hour").Set(81, "app")));
        Assert.Equal("80:8080 81:8080-81 82:8080-81", Pools(Web.Set(81, "zero").Set(82, "session")));
        Assert.Equal("80:8080 81:8080 82:8080", Pools(Web.Set(80, "hour").Set(81, "hour").Set(82, "hour")));
    }

    [Fact]
    public void The_PROXY_line_goes_to_the_TCP_listeners_of_the_instance_port()
    {
        var plan = Plan(Web.WithPoliciesForBackendServer(8080, ["proxy"]).WithPoliciesForBackendServer(2525, ["off"]));

        Assert.Equal(["t8080"], plan.Pools.Where(pool => pool.ProxyProtocol == ProxyProtocol.Version1).Select(pool => pool.Name));
    }

    [Fact]
    public void Accepted_keys_are_those_of_the_pool_of_the_instance_port()
    {
        var web = SamplePolicies.LoadBalancer
            .With(SamplePolicies.Key(), SamplePolicies.Authentication("auth", "key"))
            .WithPoliciesForBackendServer(4650, ["auth"]);

        Assert.Equal(
            [("8080", null), ("t2525", null), ("ts4650", web.AcceptedKeysOf(4650))],
            Plan(web).Pools.Select(pool => (pool.Name, pool.AcceptedKeys)));
    }

    private PlannedLoadBalancer Plan(LoadBalancer loadBalancer) => ClassicPlan.Of(loadBalancer, _file.Inventory);

    private PlannedPool Pool(LoadBalancer loadBalancer, string name) => Plan(loadBalancer).Pools.Single(pool => pool.Name == name);

    private string Pools(LoadBalancer loadBalancer) => string.Join(
        ' ',
        Plan(loadBalancer).Listeners
            .Where(listener => listener.Mode == TrafficMode.Http)
            .Select(listener => $"{listener.Port}:{(listener.DefaultAction as PlannedAction.Forward)?.OnlyPool}"));
}
