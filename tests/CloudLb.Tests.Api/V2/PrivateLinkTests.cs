using CloudLb.Tests.Api.Actions;

namespace CloudLb.Tests.Api.V2;

/// <summary>What a network load balancer says of private links, which there are none of.</summary>
public sealed class PrivateLinkTests(ElbServer server) : IClassFixture<ElbServer>
{
    private const string Name = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";

    [Fact]
    public async Task Nothing_is_told_of_them_until_somebody_has_said_something()
    {
        var made = await server.SendV2Async(
            "Action=CreateLoadBalancer&Type=network&Name=private&Subnets.member.1=subnet-00000000&SecurityGroups.member.1=sg-00000001");
        var arn = made.Descendants("LoadBalancerArn").Single().Value;
        async Task<string?> AskAsync(string request) => (await server.SendV2Async(request)).Descendants(Name).SingleOrDefault()?.Value;
        string Set(string more) => $"Action=SetSecurityGroups&LoadBalancerArn={arn}&SecurityGroups.member.1=sg-00000001{more}";
        var describe = $"Action=DescribeLoadBalancers&LoadBalancerArns.member.1={arn}";

        Assert.Empty(made.Descendants(Name));
        Assert.Equal((null, null), (await AskAsync(Set("")), await AskAsync(describe)));
        Assert.Equal(("on", "on"), (await AskAsync(Set($"&{Name}=on")), await AskAsync(describe)));
        Assert.Equal(("on", "on"), (await AskAsync(Set("")), await AskAsync(describe)));
        Assert.Equal(
            (400, "InvalidConfigurationRequest", $"The value 'off' of '{Name}' is not supported"),
            await server.RefusalV2Async(Set($"&{Name}=off")));
    }
}
