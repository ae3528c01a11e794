using CloudLb.Tests.Api.Actions;
using static CloudLb.Tests.Api.V2.V2Resources;

namespace CloudLb.Tests.Api.V2;

/// <summary>Load balancers and target groups of IPv6.</summary>
public sealed class DualStackTests(ElbServer server) : IClassFixture<ElbServer>
{
    private const string NotOfIPv4 =
        "You cannot associate an IPv6 target group with a load balancer that has an 'ipv4' IP address type";

    private readonly V2Resources _resources = new(server);

    [Fact]
    public async Task A_load_balancer_is_dualstack_from_the_start_or_later()
    {
        var name = NewName("dual");
        var arn = await CreateAsync(name, "&IpAddressType=dualstack");

        Assert.Equal("dualstack", await TypeAsync(name));
        Assert.Equal(arn, await CreateAsync(name, "&IpAddressType=dualstack"));
        Assert.Equal(
            "DuplicateLoadBalancerName",
            (await server.RefusalV2Async($"Action=CreateLoadBalancer&Name={name}&IpAddressType=ipv4{Subnets}")).Code);
        Assert.Equal("ipv4", await SetAsync(arn, "ipv4"));
        Assert.Equal("ipv4", await TypeAsync(name));
        Assert.Equal("dualstack", await SetAsync(arn, "dualstack"));
        Assert.Equal("dualstack", await AnswerAsync($"Action=SetSubnets&LoadBalancerArn={arn}{Subnets}", "IpAddressType"));
        Assert.Equal(
            "ipv4", await AnswerAsync($"Action=SetSubnets&LoadBalancerArn={arn}&IpAddressType=ipv4{Subnets}", "IpAddressType"));
    }

    [Fact]
    public async Task Target_groups_of_IPv6_are_for_dualstack_load_balancers_alone()
    {
        var arn = await CreateAsync(NewName("dual"), "");
        var group = await _resources.TargetGroupAsync(more: "&IpAddressType=ipv6");
        var listener = $"Action=CreateListener&LoadBalancerArn={arn}&Protocol=HTTP&Port=80{Forward(group)}";

        Assert.Equal((400, "InvalidConfigurationRequest", NotOfIPv4), await server.RefusalV2Async(listener));
        await SetAsync(arn, "dualstack");
        await server.SendV2Async(listener);
        Assert.Equal("ipv6", await AnswerAsync($"Action=DescribeTargetGroups&TargetGroupArns.member.1={group}", "IpAddressType"));
        Assert.Equal(
            (400, "InvalidConfigurationRequest", NotOfIPv4),
            await server.RefusalV2Async($"Action=SetIpAddressType&LoadBalancerArn={arn}&IpAddressType=ipv4"));
        Assert.Equal(
            (400, "InvalidConfigurationRequest", NotOfIPv4),
            await server.RefusalV2Async($"Action=SetSubnets&LoadBalancerArn={arn}&IpAddressType=ipv4{Subnets}"));
    }

    [Fact]
    public async Task A_target_of_IPv6_is_one_however_it_is_written()
    {
        var group = await _resources.TargetGroupAsync(more: "&IpAddressType=ipv6");
        await server.SendV2Async(
            $"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id=2001:DB8:0:0::5&Targets.member.2.Id=2001:db8::5");

        Assert.Equal("2001:db8::5", await AnswerAsync($"Action=DescribeTargetHealth&TargetGroupArn={group}", "Id"));
        await server.SendV2Async($"Action=DeregisterTargets&TargetGroupArn={group}&Targets.member.1.Id=2001:db8:0::5");
        Assert.DoesNotContain(
            (await server.SendV2Async($"Action=DescribeTargetHealth&TargetGroupArn={group}")).Descendants(),
            element => element.Name.LocalName == "Id");
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("fe80::1%251")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("[2001:db8::5]")]
    public async Task What_is_no_address_of_IPv6_is_no_target_of_such_a_group(string id)
    {
        var group = await _resources.TargetGroupAsync(more: "&IpAddressType=ipv6");

        var refusal = await server.RefusalV2Async($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={id}");
        Assert.Equal("InvalidTarget", refusal.Code);
        Assert.EndsWith("is not a valid IPv6 address", refusal.Message);
    }

    [Theory]
    [InlineData("TargetType=instance&Protocol=HTTP", "targets of IPv6 are those of the type 'ip'")]
    [InlineData("TargetType=ip&Protocol=UDP", "load balancers with UDP or TCP_UDP listeners are reached by IPv4 alone")]
    public async Task Groups_that_cannot_be_of_IPv6_say_why(string form, string why) => Assert.Equal(
        (400, "InvalidConfigurationRequest", $"The value 'ipv6' of 'IpAddressType' is not supported: {why}"),
        await server.RefusalV2Async(
            $"Action=CreateTargetGroup&Name={NewName("tg")}&Port=80&VpcId={await _resources.VpcAsync()}&IpAddressType=ipv6&{form}"));

    private Task<string> CreateAsync(string name, string more) =>
        AnswerAsync($"Action=CreateLoadBalancer&Name={name}{Subnets}{more}", "LoadBalancerArn");

    private Task<string> TypeAsync(string name) =>
        AnswerAsync($"Action=DescribeLoadBalancers&Names.member.1={name}", "IpAddressType");

    private Task<string> SetAsync(string arn, string type) =>
        AnswerAsync($"Action=SetIpAddressType&LoadBalancerArn={arn}&IpAddressType={type}", "IpAddressType");

    private async Task<string> AnswerAsync(string form, string element) =>
        (await server.SendV2Async(form)).Descendants(element).Single().Value;
}
