using System.Xml.Linq;
using CloudLb.Tests.Api.Actions;

namespace CloudLb.Tests.Api.V2;

/// <summary>Listeners of network load balancers that forward to several target groups by their weights.</summary>
public sealed class NetworkForwardTests(ElbServer server) : IClassFixture<ElbServer>
{
    private readonly V2Resources _resources = new(server);

    [Theory]
    [InlineData("TCP", "TCP", "TCP_UDP")]
    [InlineData("UDP", "UDP", "TCP_UDP")]
    [InlineData("TCP_UDP", "TCP_UDP", "TCP_UDP")]
    public async Task A_forward_to_several_groups_is_shown_with_their_weights_which_change(string protocol, string first, string second)
    {
        var loadBalancer = await _resources.LoadBalancerAsync("network");
        string[] groups = [await _resources.TargetGroupAsync(first), await _resources.TargetGroupAsync(second)];
        var made = await server.SendV2Async(
            $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol={protocol}&Port=53{Forward(groups, 90, 0)}");
        var listener = made.Descendants("ListenerArn").Single().Value;
        Assert.Equal([(groups[0], "90"), (groups[1], "0")], Shown(made));
        Assert.Empty(made.Descendants("DefaultActions").Elements("member").Elements("TargetGroupArn"));
        Assert.Equal(["false"], made.Descendants("TargetGroupStickinessConfig").Elements("Enabled").Select(each => each.Value));

        var same = await server.SendV2Async(
            $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol={protocol}&Port=53{Forward(groups, 90, 0)}");
        Assert.Equal(listener, same.Descendants("ListenerArn").Single().Value);
        Assert.Equal(
            (400, "DuplicateListener"),
            await server.RefusalV2Async(
                $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol={protocol}&Port=53{Forward(groups, 90, 1)}")
                is var (status, code, _) ? (status, code) : default);

        await server.SendV2Async($"Action=ModifyListener&ListenerArn={listener}{Forward(groups, 1, 999)}");
        Assert.Equal(
            [(groups[0], "1"), (groups[1], "999")],
            Shown(await server.SendV2Async($"Action=DescribeListeners&ListenerArns.member.1={listener}")));
        var rule = await server.SendV2Async($"Action=DescribeRules&ListenerArn={listener}");
        Assert.Equal([(groups[0], "1"), (groups[1], "999")], Shown(rule));
        foreach (var group in groups)
        {
            Assert.Equal(
                loadBalancer,
                (await server.SendV2Async($"Action=DescribeTargetGroups&TargetGroupArns.member.1={group}"))
                    .Descendants("LoadBalancerArns").Elements("member").Single().Value);
            Assert.Equal(
                (400, "ResourceInUse"),
                await server.RefusalV2Async($"Action=DeleteTargetGroup&TargetGroupArn={group}") is var (refused, why, _)
                    ? (refused, why)
                    : default);
        }
    }

    [Fact]
    public async Task One_group_is_shown_with_a_weight_that_is_not_1()
    {
        var (loadBalancer, group) = (await _resources.LoadBalancerAsync("network"), await _resources.TargetGroupAsync("TCP"));
        var made = await server.SendV2Async(
            $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=TCP&Port=53{Forward([group], 7)}");
        Assert.Equal([(group, "7")], Shown(made));
        Assert.Equal(group, made.Descendants("DefaultActions").Elements("member").Elements("TargetGroupArn").Single().Value);

        var listener = made.Descendants("ListenerArn").Single().Value;
        Assert.Equal(
            [(group, null)], Shown(await server.SendV2Async($"Action=ModifyListener&ListenerArn={listener}{Forward([group], 1)}")));
    }

    [Theory]
    [InlineData(2, "-1,1", "", "The weight for each target group must be between 0 and 999, inclusive")]
    [InlineData(2, "1000,1", "", "The weight for each target group must be between 0 and 999, inclusive")]
    [InlineData(1, "0", "", "The weight for the target group must be between 1 and 999, inclusive")]
    [InlineData(6, "1,1,1,1,1,1", "", "You cannot specify more than 5 target groups per action")]
    [InlineData(2, "1,1", "&DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled=true" +
        "&DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.DurationSeconds=60",
        "Target group stickiness duration cannot be configured on load balancers of type 'network'")]
    public async Task What_is_no_forward_is_refused(int count, string weights, string more, string message)
    {
        var loadBalancer = await _resources.LoadBalancerAsync("network");
        var groups = new List<string>();
        while (groups.Count < count)
        {
            groups.Add(await _resources.TargetGroupAsync("TCP"));
        }

        Assert.Equal(
            (400, "ValidationError", message),
            await server.RefusalV2Async(
                $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=TCP&Port=81{more}" +
                Forward([.. groups], [.. weights.Split(',').Select(int.Parse)])));
    }

    [Theory]
    [InlineData("TCP", "TCP")]
    [InlineData("UDP", "UDP")]
    public async Task Clients_stay_with_a_group_without_a_duration(string protocol, string kind)
    {
        var loadBalancer = await _resources.LoadBalancerAsync("network");
        string[] groups = [await _resources.TargetGroupAsync(kind), await _resources.TargetGroupAsync(kind)];
        const string Sticky = "&DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled=true";
        var made = await server.SendV2Async(
            $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol={protocol}&Port=53{Forward(groups, 1, 1)}{Sticky}");
        var stickiness = made.Descendants("TargetGroupStickinessConfig").Single();

        Assert.Equal(("true", null), (stickiness.Element("Enabled")!.Value, stickiness.Element("DurationSeconds")?.Value));
        Assert.Equal([(groups[0], "1"), (groups[1], "1")], Shown(made));
        await server.SendV2Async(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={groups[0]}&Attributes.member.1.Key=stickiness.enabled" +
            "&Attributes.member.1.Value=true");
    }

    [Fact]
    public async Task Every_group_must_have_a_protocol_of_the_listeners()
    {
        var loadBalancer = await _resources.LoadBalancerAsync("network");
        string[] groups = [await _resources.TargetGroupAsync("TCP_UDP"), await _resources.TargetGroupAsync("TCP")];

        Assert.Equal(
            (400, "IncompatibleProtocols", $"The listener and the following target groups have incompatible protocols: {groups[1]}"),
            await server.RefusalV2Async(
                $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=TCP_UDP&Port=53{Forward(groups, 1, 1)}"));
    }

    [Fact]
    public async Task As_many_groups_may_be_in_an_action_as_of_an_application_load_balancer()
    {
        var limits = (await server.SendV2Async("Action=DescribeAccountLimits")).Descendants("member")
            .ToDictionary(limit => limit.Element("Name")!.Value, limit => limit.Element("Max")!.Value);

        Assert.Equal("5", limits["target-groups-per-action-on-network-load-balancer"]);
        Assert.Equal("5", limits["target-groups-per-action-on-application-load-balancer"]);
    }

    private static string Forward(string[] groups, params int[] weights) => "&DefaultActions.member.1.Type=forward" + string.Concat(
        groups.Zip(weights).Select((group, at) =>
            $"&DefaultActions.member.1.ForwardConfig.TargetGroups.member.{at + 1}.TargetGroupArn={group.First}" +
            $"&DefaultActions.member.1.ForwardConfig.TargetGroups.member.{at + 1}.Weight={group.Second}"));

    private static IEnumerable<(string, string?)> Shown(XElement answer) => answer.Descendants("TargetGroups").Elements("member")
        .Select(each => (each.Element("TargetGroupArn")!.Value, each.Element("Weight")?.Value));
}
