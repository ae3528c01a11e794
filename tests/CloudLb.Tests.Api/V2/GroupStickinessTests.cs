using CloudLb.Tests.Api.Actions;

namespace CloudLb.Tests.Api.V2;

/// <summary>Actions with several groups beside groups whose targets keep their clients.</summary>
public sealed class GroupStickinessTests(ElbServer server) : IClassFixture<ElbServer>
{
    private const string Refusal =
        "You must enable group stickiness on a rule if you enabled target stickiness on one of its target groups";

    private readonly V2Resources _resources = new(server);

    [Fact]
    public async Task An_action_that_scatters_clients_takes_no_group_whose_targets_keep_them()
    {
        var (kept, other) = (await _resources.TargetGroupAsync(), await _resources.TargetGroupAsync());
        await KeepAsync(kept);
        var made = $"Action=CreateListener&LoadBalancerArn={await _resources.LoadBalancerAsync()}&Protocol=HTTP&Port=80";
        const string Sticky = "StickinessConfig.Enabled=true&A.ForwardConfig.TargetGroupStickinessConfig.DurationSeconds=60";

        Assert.Equal((400, "InvalidConfigurationRequest", Refusal), await server.RefusalV2Async(made + Default(Both(other, kept))));
        var listener = (await server.SendV2Async($"{made}{Default(Both(other, kept) + $"&A.ForwardConfig.TargetGroup{Sticky}")}"))
            .Descendants("ListenerArn").Single().Value;
        Assert.Equal(
            (400, "InvalidConfigurationRequest", Refusal),
            await server.RefusalV2Async($"Action=ModifyListener&ListenerArn={listener}{Default(Both(kept, other))}"));
        var rule = $"Action=CreateRule&ListenerArn={listener}&Priority=1&Conditions.member.1.Field=path-pattern" +
            "&Conditions.member.1.Values.member.1=/a";
        Assert.Equal((400, "InvalidConfigurationRequest", Refusal), await server.RefusalV2Async(rule + OfRule(Both(kept, other))));
        var arn = (await server.SendV2Async(rule + OfRule($"&A.Type=forward&A.TargetGroupArn={kept}")))
            .Descendants("RuleArn").Single().Value;
        Assert.Equal(
            (400, "InvalidConfigurationRequest", Refusal),
            await server.RefusalV2Async($"Action=ModifyRule&RuleArn={arn}{OfRule(Both(kept, other))}"));
    }

    [Fact]
    public async Task A_group_behind_an_action_that_scatters_clients_does_not_begin_to_keep_them()
    {
        var (group, other) = (await _resources.TargetGroupAsync(), await _resources.TargetGroupAsync());
        var listener = (await server.SendV2Async(
            $"Action=CreateListener&LoadBalancerArn={await _resources.LoadBalancerAsync()}&Protocol=HTTP&Port=80" +
            Default(Both(group, other))))
            .Descendants("ListenerArn").Single().Value;
        var rule = (await server.SendV2Async($"Action=DescribeRules&ListenerArn={listener}")).Descendants("RuleArn").Single().Value;

        Assert.Equal(
            (400, "InvalidConfigurationRequest",
                $"This target group appears behind a rule with group stickiness disabled ({rule}). " +
                "You must enable group stickiness before enabling target stickiness"),
            await server.RefusalV2Async(Keeping(group)));
        await server.SendV2Async($"Action=ModifyListener&ListenerArn={listener}{V2Resources.Forward(group)}");
        await KeepAsync(group);
        await KeepAsync(other);
        await KeepAsync(group);
    }

    private Task<System.Xml.Linq.XElement> KeepAsync(string group) => server.SendV2Async(Keeping(group));

    private static string Keeping(string group) => $"Action=ModifyTargetGroupAttributes&TargetGroupArn={group}" +
        "&Attributes.member.1.Key=stickiness.enabled&Attributes.member.1.Value=true";

    private static string Both(string one, string two) =>
        $"&A.Type=forward&A.ForwardConfig.TargetGroups.member.1.TargetGroupArn={one}&A.ForwardConfig.TargetGroups.member.1.Weight=1" +
        $"&A.ForwardConfig.TargetGroups.member.2.TargetGroupArn={two}&A.ForwardConfig.TargetGroups.member.2.Weight=1";

    private static string Default(string action) => action.Replace("&A.", "&DefaultActions.member.1.", StringComparison.Ordinal);

    private static string OfRule(string action) => action.Replace("&A.", "&Actions.member.1.", StringComparison.Ordinal);
}
