using CloudLb.Tests.Api.Actions;
using static CloudLb.Tests.Api.V2.V2Resources;

namespace CloudLb.Tests.Api.V2;

/// <summary>Target groups whose target is an application load balancer.</summary>
public sealed class LoadBalancerTargetTests(ElbServer server) : IClassFixture<ElbServer>
{
    private readonly V2Resources _resources = new(server);

    [Fact]
    public async Task A_group_has_AWSs_defaults_and_takes_a_load_balancer_that_has_a_listener_on_its_port()
    {
        var (web, _) = await ListeningAsync();
        var group = await GroupAsync();
        var described = (await server.SendV2Async($"Action=DescribeTargetGroups&TargetGroupArns.member.1={group}"))
            .Descendants("member").First();
        string? Value(string name) => described.Element(name)?.Value;

        Assert.Equal(
            ("alb", "TCP", "HTTP", "6", "/", "200-399"),
            (Value("TargetType"), Value("Protocol"), Value("HealthCheckProtocol"), Value("HealthCheckTimeoutSeconds"),
                Value("HealthCheckPath"), described.Element("Matcher")?.Value));
        Assert.Contains("preserve_client_ip.enabled=true", await AttributesAsync(group));

        await RegisterAsync(group, web);
        await RegisterAsync(group, web);
        Assert.Equal($"{web}:8000 8000 unused", await HealthAsync(group));
        await _resources.ListenerAsync(await _resources.LoadBalancerAsync("network"), group, 8000, "TCP");
        Assert.Equal($"{web}:8000 8000 initial", await HealthAsync(group));

        await server.SendV2Async($"Action=DeregisterTargets&TargetGroupArn={group}&Targets.member.1.Id={web}");
        Assert.Equal($"{web}:8000 8000 draining", await HealthAsync(group));
    }

    [Fact]
    public async Task A_load_balancer_and_its_listener_are_there_while_they_are_a_target()
    {
        var (web, listener) = await ListeningAsync();
        var group = await GroupAsync();
        await RegisterAsync(group, web);
        var refusal = (400, "ResourceInUse", $"Listener port '8000' is in use by registered target '{web}' and cannot be removed.");

        Assert.Equal(refusal, await server.RefusalV2Async($"Action=DeleteLoadBalancer&LoadBalancerArn={web}"));
        Assert.Equal(refusal, await server.RefusalV2Async($"Action=DeleteListener&ListenerArn={listener}"));
        Assert.Equal(refusal, await server.RefusalV2Async($"Action=ModifyListener&ListenerArn={listener}&Port=8001"));
        await server.SendV2Async($"Action=DeregisterTargets&TargetGroupArn={group}&Targets.member.1.Id={web}");
        await server.SendV2Async($"Action=ModifyListener&ListenerArn={listener}&Port=8001");
        await server.SendV2Async($"Action=DeleteLoadBalancer&LoadBalancerArn={web}");
    }

    [Theory]
    [InlineData("HTTP", "", "ValidationError", "Target type 'alb' is not supported for target groups with HTTP protocol")]
    [InlineData("TLS", "", "ValidationError", "Target type 'alb' is not supported for target groups with TLS protocol")]
    [InlineData("TCP", "&HealthCheckProtocol=TCP", "ValidationError", "Health check protocol 'TCP' must be one of 'HTTP, HTTPS'")]
    [InlineData("TCP", "&HealthCheckPort=81", "InvalidConfigurationRequest", "The value '81' of 'HealthCheckPort' is not supported")]
    [InlineData("TCP", "&HealthCheckEnabled=false", "ValidationError",
        "Health check enabled must be true for target groups with target type 'alb'")]
    public async Task What_such_a_group_cannot_be_is_refused(string protocol, string more, string code, string message) => Assert.Equal(
        (400, code, message),
        await server.RefusalV2Async(
            $"Action=CreateTargetGroup&Name={NewName("tg")}&Protocol={protocol}&Port=8000&TargetType=alb" +
            $"&VpcId={await _resources.VpcAsync()}{more}"));

    [Theory]
    [InlineData("preserve_client_ip.enabled", "false", "InvalidConfigurationRequest",
        "The value 'false' of 'preserve_client_ip.enabled' is not supported")]
    [InlineData("proxy_protocol_v2.enabled", "true", "InvalidConfigurationRequest",
        "The value 'true' of 'proxy_protocol_v2.enabled' is not supported")]
    [InlineData("slow_start.duration_seconds", "30", "ValidationError",
        "A target group with target type 'alb' does not support the attribute slow_start.duration_seconds")]
    public async Task What_its_attributes_cannot_be_is_refused(string key, string value, string code, string message) => Assert.Equal(
        (400, code, message),
        await server.RefusalV2Async(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={await GroupAsync()}" +
            $"&Attributes.member.1.Key={key}&Attributes.member.1.Value={value}"));

    [Theory]
    [InlineData("i-12345678", "")]
    [InlineData("10.0.0.1", "")]
    [InlineData("arn:aws:elasticloadbalancing:us-east-1:999999999999:loadbalancer/app/web/0123456789abcdef", "")]
    [InlineData("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web%0a/0123456789abcdef", "")]
    public async Task What_is_no_load_balancer_of_the_account_is_no_target(string id, string more)
    {
        var refusal = await server.RefusalV2Async(
            $"Action=RegisterTargets&TargetGroupArn={await GroupAsync()}&Targets.member.1.Id={id}{more}");

        Assert.Equal((400, "InvalidTarget"), (refusal.Item1, refusal.Item2));
        Assert.EndsWith("is not allowed: there is no such application load balancer", refusal.Item3);
    }

    [Fact]
    public async Task A_load_balancer_that_does_not_go_with_the_group_is_no_target()
    {
        var group = await GroupAsync();
        var (web, _) = await ListeningAsync();
        var (other, _) = await ListeningAsync();
        var (deaf, net) = (await _resources.LoadBalancerAsync(), await _resources.LoadBalancerAsync("network"));
        var register = $"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id=";

        Assert.Equal(
            (400, "InvalidTarget", $"The target '{deaf}' is not allowed: it has no listener on port '8000'"),
            await server.RefusalV2Async($"{register}{deaf}"));
        Assert.Equal((400, "InvalidTarget"), await CodeAsync($"{register}{net}"));
        Assert.Equal((400, "ValidationError"), await CodeAsync($"{register}{web}&Targets.member.1.Port=8001"));
        Assert.Equal((400, "ValidationError"), await CodeAsync($"{register}{web}&Targets.member.1.AvailabilityZone=us-east-1a"));
        const string OnlyOne = "Up to '1' Application Load Balancer target(s) can be registered, but '2' were specified";
        Assert.Equal((400, "ValidationError", OnlyOne), await server.RefusalV2Async($"{register}{web}&Targets.member.2.Id={other}"));
        await RegisterAsync(group, web);
        Assert.Equal((400, "ValidationError", OnlyOne), await server.RefusalV2Async($"{register}{other}"));
    }

    private async Task<(int, string?)> CodeAsync(string form) =>
        await server.RefusalV2Async(form) is var (status, code, _) ? (status, code) : default;

    /// <summary>A new application load balancer with a listener on port 8000.</summary>
    private async Task<(string LoadBalancer, string Listener)> ListeningAsync()
    {
        var web = await _resources.LoadBalancerAsync();
        return (web, await _resources.ListenerAsync(web, await _resources.TargetGroupAsync(), 8000));
    }

    private async Task<string> GroupAsync() => (await server.SendV2Async(
        $"Action=CreateTargetGroup&Name={NewName("tg")}&Protocol=TCP&Port=8000&TargetType=alb&VpcId={await _resources.VpcAsync()}"))
        .Descendants("TargetGroupArn").Single().Value;

    private Task RegisterAsync(string group, string target) =>
        server.SendV2Async($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={target}&Targets.member.1.Port=8000");

    private async Task<string> HealthAsync(string group)
    {
        var told = (await server.SendV2Async($"Action=DescribeTargetHealth&TargetGroupArn={group}"))
            .Descendants("TargetHealthDescriptions").Single().Elements().Single();
        return $"{told.Element("Target")!.Element("Id")!.Value}:{told.Element("Target")!.Element("Port")!.Value} " +
            $"{told.Element("HealthCheckPort")!.Value} {told.Element("TargetHealth")!.Element("State")!.Value}";
    }

    private async Task<IEnumerable<string>> AttributesAsync(string group) =>
        (await server.SendV2Async($"Action=DescribeTargetGroupAttributes&TargetGroupArn={group}")).Descendants("member")
        .Select(member => $"{member.Element("Key")!.Value}={member.Element("Value")!.Value}");
}
