using System.Xml.Linq;
using CloudLb.Tests.Api.Actions;
using static CloudLb.Tests.Api.V2.V2Resources;

namespace CloudLb.Tests.Api.V2;

/// <summary>Targets and what is told of their health where nothing serves them.</summary>
public sealed class TargetTests(ElbServer server) : IClassFixture<ElbServer>
{
    private readonly V2Resources _resources = new(server);

    [Fact]
    public async Task A_target_is_told_by_id_and_port_and_is_unused_until_an_action_names_its_group()
    {
        var group = await _resources.TargetGroupAsync();
        await server.SendV2Async($"Action=RegisterTargets&TargetGroupArn={group}{Targets("10.0.0.1", "10.0.0.1:81")}");
        await server.SendV2Async($"Action=RegisterTargets&TargetGroupArn={group}{Targets("10.0.0.1")}");

        Assert.Equal(
            ["10.0.0.1:81 81 unused Target.NotInUse", "10.0.0.1:8000 8000 unused Target.NotInUse"],
            await HealthAsync(group));
        await _resources.ListenerAsync(await _resources.LoadBalancerAsync(), group);
        Assert.Equal(
            ["10.0.0.1:8000 8000 initial Elb.RegistrationInProgress", "10.0.0.9:8000 8000 unused Target.NotRegistered"],
            await HealthAsync(group, Targets("10.0.0.1", "10.0.0.9")));

        // Without a port the one on the group's port is meant, and it drains for the whole delay.
        await server.SendV2Async($"Action=DeregisterTargets&TargetGroupArn={group}{Targets("10.0.0.1", "10.0.0.7")}");
        Assert.Equal(
            ["10.0.0.1:81 81 initial Elb.RegistrationInProgress", "10.0.0.1:8000 8000 draining Target.DeregistrationInProgress"],
            await HealthAsync(group));
        await server.SendV2Async($"Action=RegisterTargets&TargetGroupArn={group}{Targets("10.0.0.1")}");
        Assert.Equal(2, (await HealthAsync(group)).Count(line => line.Contains("initial", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_target_of_a_group_that_is_not_in_use_has_nothing_to_finish()
    {
        var group = await _resources.TargetGroupAsync();
        await server.SendV2Async($"Action=RegisterTargets&TargetGroupArn={group}{Targets("10.0.0.1")}");
        await server.SendV2Async($"Action=DeregisterTargets&TargetGroupArn={group}{Targets("10.0.0.1")}");

        Assert.Empty(await HealthAsync(group));
    }

    [Theory]
    [InlineData("ip", "i-12345678", "The IP address 'i-12345678' is not a valid IPv4 address")]
    [InlineData("ip", "::1", "The IP address '::1' is not a valid IPv4 address")]
    [InlineData("ip", "10.0.0.1%20x", "The IP address '10.0.0.1 x' is not a valid IPv4 address")]
    [InlineData("ip", "169.254.169.254",
        "The IP address '169.254.169.254' is not allowed: 169.254.169.254 is in the network 169.254.0.0/16, where no instance may be")]
    [InlineData("instance", "10.0.0.1", "Instance ID '10.0.0.1' is not valid")]
    [InlineData("instance", "i-12345678",
        "The following targets are not in a running state and cannot be registered: 'i-12345678'")]
    public async Task What_cannot_be_a_target_refuses_the_call(string type, string id, string message)
    {
        var group = (await server.SendV2Async(
            $"Action=CreateTargetGroup&Name={NewName("tg")}&Protocol=HTTP&Port=80&TargetType={type}&VpcId={await _resources.VpcAsync()}"))
            .Descendants("TargetGroupArn").Single().Value;

        Assert.Equal(
            (400, "InvalidTarget", message),
            await server.RefusalV2Async($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={id}"));
        Assert.Empty(await HealthAsync(group));
    }

    [Fact]
    public async Task A_group_takes_as_many_as_the_quota_says()
    {
        var group = await _resources.TargetGroupAsync();
        string[] all = [.. Enumerable.Range(1, 6).Select(last => $"10.0.0.{last}")];

        Assert.Equal(
            (400, "TooManyTargets", $"The maximum number of targets per target group '5' has been reached on target group '{group}'"),
            await server.RefusalV2Async($"Action=RegisterTargets&TargetGroupArn={group}{Targets(all)}"));
        await server.SendV2Async($"Action=RegisterTargets&TargetGroupArn={group}{Targets(all[..5])}");
    }

    private static string Targets(params string[] targets) => string.Concat(targets.Select((target, index) =>
        $"&Targets.member.{index + 1}.Id={target.Split(':')[0]}" +
        (target.Contains(':') ? $"&Targets.member.{index + 1}.Port={target.Split(':')[1]}" : "")));

    private async Task<IReadOnlyList<string>> HealthAsync(string group, string targets = "") =>
    [
        .. (await server.SendV2Async($"Action=DescribeTargetHealth&TargetGroupArn={group}{targets}"))
            .Descendants("TargetHealthDescriptions").Single().Elements().Select(Line),
    ];

    private static string Line(XElement description) =>
        $"{description.Element("Target")!.Element("Id")!.Value}:{description.Element("Target")!.Element("Port")!.Value} " +
        $"{description.Element("HealthCheckPort")!.Value} {description.Element("TargetHealth")!.Element("State")!.Value} " +
        $"{description.Element("TargetHealth")!.Element("Reason")?.Value}";
}
