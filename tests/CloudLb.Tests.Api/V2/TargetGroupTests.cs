using CloudLb.Tests.Api.Actions;
using static CloudLb.Tests.Api.V2.V2Resources;

namespace CloudLb.Tests.Api.V2;

/// <summary>Target groups as a client sees them.</summary>
public sealed class TargetGroupTests(ElbServer server) : IClassFixture<ElbServer>
{
    private readonly V2Resources _resources = new(server);

    [Theory]
    [InlineData("HTTP", "", "HTTP traffic-port / 30 5 5 2 200")]
    [InlineData("HTTPS", "", "HTTP traffic-port / 30 5 5 2 200")]
    [InlineData("TCP", "", "TCP traffic-port - 30 10 5 2 -")]
    [InlineData("TCP", "&HealthCheckIntervalSeconds=10", "TCP traffic-port - 10 10 5 2 -")]
    [InlineData("TCP", "&HealthCheckProtocol=HTTP", "HTTP traffic-port / 30 6 5 2 200-399")]
    [InlineData("TCP", "&HealthCheckProtocol=HTTPS", "HTTPS traffic-port / 30 10 5 2 200-399")]
    [InlineData(
        "HTTP", "&HealthCheckPort=81&HealthCheckPath=/a%3Fb&HealthCheckIntervalSeconds=5&HealthCheckTimeoutSeconds=2" +
        "&HealthyThresholdCount=2&UnhealthyThresholdCount=10&Matcher.HttpCode=200,301-303", "HTTP 81 /a?b 5 2 2 10 200,301-303")]
    public async Task Health_checks_have_AWSs_defaults_and_take_what_is_given(string protocol, string given, string expected)
    {
        var arn = await _resources.TargetGroupAsync(protocol, given);
        var group = (await server.SendV2Async($"Action=DescribeTargetGroups&TargetGroupArns.member.1={arn}")).Descendants("member").First();

        Assert.Equal(
            expected,
            string.Join(
                ' ', new[]
                {
                    "HealthCheckProtocol", "HealthCheckPort", "HealthCheckPath", "HealthCheckIntervalSeconds", "HealthCheckTimeoutSeconds",
                    "HealthyThresholdCount", "UnhealthyThresholdCount", "Matcher",
                }
                .Select(name => group.Element(name)?.Value ?? "-")));
        Assert.Equal(protocol == "TCP" ? null : "HTTP1", group.Element("ProtocolVersion")?.Value);
        Assert.Empty(group.Element("LoadBalancerArns")!.Elements());
    }

    [Theory]
    [InlineData("", "ValidationError", "A protocol must be specified")]
    [InlineData("&Protocol=HTTP", "ValidationError", "A port must be specified")]
    [InlineData("&Protocol=HTTP&Port=80", "ValidationError", "A VPC ID must be specified")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=vpc-x&HealthCheckPath=x", "ValidationError", "The VPC ID 'vpc-x' is not found")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&HealthCheckProtocol=TCP", "ValidationError",
        "Health check protocol 'TCP' must be one of 'HTTP, HTTPS'")]
    [InlineData("&Protocol=TCP&Port=80&VpcId=VPC&HealthCheckProtocol=UDP", "ValidationError",
        "Health check protocol 'UDP' must be one of 'HTTP, HTTPS, TCP'")]
    [InlineData("&Protocol=TCP&Port=80&VpcId=VPC&HealthCheckPath=/", "ValidationError",
        "Health check paths are not supported for TCP health checks")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&HealthCheckTimeoutSeconds=5&HealthCheckIntervalSeconds=5", "ValidationError",
        "Health check timeout '5' must be smaller than the interval '5'")]
    [InlineData("&Protocol=TCP&Port=80&VpcId=VPC&HealthCheckIntervalSeconds=9", "ValidationError",
        "Health check timeout '10' must be smaller than or equal to the interval '9'")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&HealthCheckPort=0", "ValidationError",
        "Health check port '0' must be within '1-65535' or 'traffic-port'")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&HealthCheckEnabled=false", "ValidationError",
        "Health check enabled must be true for target groups with target type 'instance'")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&Matcher.HttpCode=599", "ValidationError",
        "Health check matcher HTTP code '599' must be within '200-499' inclusive")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&Matcher.HttpCode=", "ValidationError",
        "Health check matcher HTTP code cannot be empty")]
    [InlineData("&Protocol=TCP&Port=80&VpcId=VPC&ProtocolVersion=HTTP1", "ValidationError",
        "You cannot specify the protocol version for a target group with the 'TCP' protocol")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&ProtocolVersion=HTTP/2", "ValidationError",
        "Target group protocol version 'HTTP/2' must be one of '[HTTP2, HTTP1, GRPC]'")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&ProtocolVersion=GRPC&Matcher.GrpcCode=120", "ValidationError",
        "Health check matcher GRPC code '120' must be within '0-99' inclusive")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&ProtocolVersion=GRPC&Matcher.HttpCode=200", "ValidationError",
        "You cannot specify an HTTP code for a target group with the 'GRPC' protocol version")]
    [InlineData("&Protocol=HTTP&Port=80&VpcId=VPC&ProtocolVersion=HTTP2&Matcher.GrpcCode=12", "ValidationError",
        "You cannot specify a GRPC code for a target group with the 'HTTP2' protocol version")]
    [InlineData("&Protocol=QUIC&Port=80&VpcId=VPC", "ValidationError",
        "Protocol 'QUIC' must be one of 'HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP'")]
    [InlineData("&Protocol=GENEVE&Port=6081&VpcId=VPC", "ValidationError",
        "Protocol 'GENEVE' must be one of 'HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP'")]
    [InlineData("_y&Protocol=HTTP&Port=80&VpcId=VPC", "ValidationError",
        "Target group name 'x_y' can only contain characters that are alphanumeric characters or hyphens(-)")]
    [InlineData("&TargetType=lambda", "InvalidConfigurationRequest", "The value 'lambda' of 'TargetType' is not supported")]
    public async Task What_AWS_refuses_or_CloudLb_does_not_carry_is_refused(string form, string code, string message)
    {
        var vpc = await _resources.VpcAsync();
        Assert.Equal(
            (400, code, message),
            await server.RefusalV2Async($"Action=CreateTargetGroup&Name=x{form.Replace("VPC", vpc, StringComparison.Ordinal)}"));
    }

    [Theory]
    [InlineData("/a b")]
    [InlineData("/a\r\nx: y")]
    [InlineData("/ü")]
    [InlineData("a")]
    public async Task A_path_that_no_request_line_can_have_is_refused(string path) => Assert.Equal(
        (400, "ValidationError", $"Health check path '{path}' is not valid"),
        await server.RefusalV2Async(
            $"Action=CreateTargetGroup&Name=x&Protocol=HTTP&Port=80&VpcId={await _resources.VpcAsync()}" +
            $"&HealthCheckPath={Uri.EscapeDataString(path)}"));

    [Fact]
    public async Task Made_again_with_the_same_settings_it_is_the_one_there_is_and_with_others_it_is_refused()
    {
        var (name, vpc) = (NewName("again"), await _resources.VpcAsync());
        var form = $"Action=CreateTargetGroup&Name={name}&Protocol=HTTP&Port=80&VpcId={vpc}";
        var first = await server.SendV2Async(form);
        await server.SendV2Async(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={first.Descendants("TargetGroupArn").Single().Value}" +
            "&Attributes.member.1.Key=deregistration_delay.timeout_seconds&Attributes.member.1.Value=1");

        Assert.Equal(
            first.Descendants("TargetGroupArn").Single().Value,
            (await server.SendV2Async(form)).Descendants("TargetGroupArn").Single().Value);
        Assert.Equal(
            (400, "DuplicateTargetGroupName", $"A target group with the same name '{name}' exists, but with different settings"),
            await server.RefusalV2Async($"{form}&HealthCheckPath=/other"));
    }

    [Fact]
    public async Task A_change_of_the_check_keeps_what_is_not_given()
    {
        var arn = await _resources.TargetGroupAsync("TCP", "&HealthCheckProtocol=HTTP&HealthCheckPath=/ping&HealthyThresholdCount=3");
        var changed = await server.SendV2Async($"Action=ModifyTargetGroup&TargetGroupArn={arn}&HealthCheckIntervalSeconds=10");
        var tcp = await server.SendV2Async($"Action=ModifyTargetGroup&TargetGroupArn={arn}&HealthCheckProtocol=TCP");

        Assert.Equal(
            ("/ping", "10", "3"),
            (changed.Descendants("HealthCheckPath").Single().Value, changed.Descendants("HealthCheckIntervalSeconds").Single().Value,
                changed.Descendants("HealthyThresholdCount").Single().Value));
        Assert.Empty(tcp.Descendants("HealthCheckPath"));
        Assert.Empty(tcp.Descendants("Matcher"));
    }

    [Theory]
    [InlineData("HTTP", "deregistration_delay.timeout_seconds", "3601", "ValidationError",
        "'deregistration_delay.timeout_seconds' value '3601' must be between '0-3600' inclusive")]
    [InlineData("HTTP", "load_balancing.algorithm.type", "x", "ValidationError",
        "'Load balancer algorithm' must be one of [round_robin, weighted_random, least_outstanding_requests]")]
    [InlineData("TCP", "stickiness.type", "lb_cookie", "InvalidConfigurationRequest",
        "Stickiness type 'lb_cookie' is not supported for target groups with the TCP protocol")]
    [InlineData("TLS", "stickiness.type", "lb_cookie", "InvalidConfigurationRequest",
        "Stickiness type 'lb_cookie' is not supported for target groups with the TLS protocol")]
    [InlineData("UDP", "stickiness.type", "app_cookie", "InvalidConfigurationRequest",
        "Stickiness type 'app_cookie' is not supported for target groups with the UDP protocol")]
    [InlineData("TCP_UDP", "stickiness.type", "lb_cookie", "InvalidConfigurationRequest",
        "Stickiness type 'lb_cookie' is not supported for target groups with the TCP_UDP protocol")]
    [InlineData("HTTPS", "stickiness.type", "source_ip", "InvalidConfigurationRequest",
        "Stickiness type 'source_ip' is not supported for target groups with the HTTPS protocol")]
    [InlineData("HTTP", "preserve_client_ip.enabled", "true", "ValidationError",
        "A target group with HTTP protocol does not support the attribute preserve_client_ip.enabled")]
    [InlineData("HTTP", "no.such.key", "x", "ValidationError", "Target group attribute key 'no.such.key' is not recognized")]
    [InlineData("HTTP", "stickiness.app_cookie.cookie_name", "AWSALBX", "ValidationError",
        "The cookie name 'AWSALBX' is not valid: names that start with 'AWSALB' are reserved")]
    [InlineData("HTTP", "stickiness.app_cookie.cookie_name", "a;b", "ValidationError", "The cookie name 'a;b' is not valid")]
    [InlineData("HTTP", "stickiness.lb_cookie.duration_seconds", "604801", "ValidationError",
        "'stickiness.lb_cookie.duration_seconds' value '604801' must be between '1-604800' inclusive")]
    [InlineData("HTTP", "slow_start.duration_seconds", "29", "ValidationError",
        "'slow_start.duration_seconds' value '29' must be between '30-900' inclusive")]
    [InlineData("HTTP", "slow_start.duration_seconds", "901", "ValidationError",
        "'slow_start.duration_seconds' value '901' must be between '30-900' inclusive")]
    [InlineData("TCP", "slow_start.duration_seconds", "30", "ValidationError",
        "A target group with TCP protocol does not support the attribute slow_start.duration_seconds")]
    [InlineData("TCP", "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "off", "ValidationError",
        "The value of 'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count' must be a positive integer")]
    [InlineData("TCP", "preserve_client_ip.enabled", "true", "InvalidConfigurationRequest",
        $"The value 'true' of 'preserve_client_ip.enabled' is not supported: {GivenKeeper.Off}")]
    public async Task An_attribute_that_is_none_or_is_not_carried_is_refused(
        string protocol, string key, string value, string code, string message) => Assert.Equal(
        (400, code, message),
        await server.RefusalV2Async(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={await _resources.TargetGroupAsync(protocol)}" +
            $"&Attributes.member.1.Key={key}&Attributes.member.1.Value={value}"));

    [Fact]
    public async Task Clients_addresses_are_kept_where_the_machine_can_and_only_asking_for_it_is_refused_where_it_no_longer_does()
    {
        var call = $"Action=ModifyTargetGroupAttributes&TargetGroupArn={await _resources.TargetGroupAsync("TLS")}&Attributes.member.1.";
        const string Keep = "Key=preserve_client_ip.enabled&Attributes.member.1.Value=true";
        server.ClientAddresses.WhyNot = null;
        try
        {
            Assert.Equal("true", Kept(await server.SendV2Async($"{call}{Keep}")));
        }
        finally
        {
            server.ClientAddresses.WhyNot = GivenKeeper.Off;
        }

        Assert.Equal("true", Kept(await server.SendV2Async($"{call}Key=stickiness.enabled&Attributes.member.1.Value=true")));
        Assert.Equal("InvalidConfigurationRequest", (await server.RefusalV2Async($"{call}{Keep}")).Code);
        Assert.Equal(
            "false", Kept(await server.SendV2Async($"{call}Key=preserve_client_ip.enabled&Attributes.member.1.Value=false")));

        static string Kept(System.Xml.Linq.XElement answer) => answer.Descendants("Key")
            .Single(key => key.Value == "preserve_client_ip.enabled").ElementsAfterSelf("Value").Single().Value;
    }

    [Theory]
    [InlineData("", "stickiness.type=app_cookie,stickiness.enabled=true",
        "You must set an application cookie name to enable stickiness of type 'app_cookie'")]
    [InlineData("stickiness.enabled=true", "stickiness.type=app_cookie",
        "You must set an application cookie name to enable stickiness of type 'app_cookie'")]
    [InlineData("load_balancing.cross_zone.enabled=false", "stickiness.enabled=true",
        "You cannot enable stickiness on a target group whose cross-zone load balancing is off")]
    [InlineData("", "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=2",
        "DNS failover threshold must be greater than or equal to unhealthy state routing threshold")]
    [InlineData("target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=50",
        "target_group_health.dns_failover.minimum_healthy_targets.percentage=40",
        "DNS failover threshold must be greater than or equal to unhealthy state routing threshold")]
    [InlineData("", "slow_start.duration_seconds=30,load_balancing.algorithm.type=weighted_random",
        "You cannot enable both slow start and weighted random algorithm on a target group", "InvalidConfigurationRequest")]
    [InlineData("load_balancing.algorithm.type=least_outstanding_requests", "slow_start.duration_seconds=900",
        "You cannot enable both slow start and least outstanding requests algorithm on a target group", "InvalidConfigurationRequest")]
    [InlineData("", "load_balancing.algorithm.anomaly_mitigation=on",
        "You cannot enable both anomaly mitigation and round robin algorithm on a target group", "InvalidConfigurationRequest")]
    [InlineData("load_balancing.algorithm.type=weighted_random,load_balancing.algorithm.anomaly_mitigation=on",
        "load_balancing.algorithm.type=least_outstanding_requests",
        "You cannot enable both anomaly mitigation and least outstanding requests algorithm on a target group",
        "InvalidConfigurationRequest")]
    public async Task Attributes_that_do_not_go_together_are_refused_and_change_nothing(
        string before, string given, string message, string code = "ValidationError")
    {
        var group = await _resources.TargetGroupAsync();
        if (before.Length > 0)
        {
            await server.SendV2Async($"Action=ModifyTargetGroupAttributes&TargetGroupArn={group}{Attributes(before)}");
        }

        var described = $"Action=DescribeTargetGroupAttributes&TargetGroupArn={group}";
        var was = (await server.SendV2Async(described)).Descendants("Attributes").Single().ToString();

        Assert.Equal(
            (400, code, message),
            await server.RefusalV2Async($"Action=ModifyTargetGroupAttributes&TargetGroupArn={group}{Attributes(given)}"));
        Assert.Equal(was, (await server.SendV2Async(described)).Descendants("Attributes").Single().ToString());
    }

    [Theory]
    [InlineData("stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=60")]
    [InlineData("slow_start.duration_seconds=900,load_balancing.algorithm.type=round_robin")]
    [InlineData("stickiness.enabled=true,stickiness.type=app_cookie,stickiness.app_cookie.cookie_name=a.b$!'%^|~*,"
        + "stickiness.app_cookie.duration_seconds=1")]
    [InlineData("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=3,"
        + "target_group_health.dns_failover.minimum_healthy_targets.count=off,"
        + "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=100")]
    public async Task What_goes_together_is_shown_as_it_was_set(string given)
    {
        var group = await _resources.TargetGroupAsync();
        var answer = await server.SendV2Async($"Action=ModifyTargetGroupAttributes&TargetGroupArn={group}{Attributes(given)}");

        Assert.Superset(given.Split(',').ToHashSet(), answer.Descendants("member")
            .Select(member => $"{member.Element("Key")!.Value}={member.Element("Value")!.Value}").ToHashSet());
    }

    private static string Attributes(string pairs) => string.Concat(pairs.Split(',').Select((pair, index) =>
        $"&Attributes.member.{index + 1}.Key={pair.Split('=')[0]}" +
        $"&Attributes.member.{index + 1}.Value={Uri.EscapeDataString(pair.Split('=')[1])}"));

    [Fact]
    public async Task A_group_that_an_action_names_is_not_deleted_and_tells_its_load_balancer()
    {
        var (loadBalancer, group) = (await _resources.LoadBalancerAsync(), await _resources.TargetGroupAsync());
        var listener = await _resources.ListenerAsync(loadBalancer, group);
        var used = await server.SendV2Async($"Action=DescribeTargetGroups&LoadBalancerArn={loadBalancer}");

        Assert.Equal(group, used.Descendants("TargetGroupArn").Single().Value);
        Assert.Equal(loadBalancer, used.Descendants("LoadBalancerArns").Single().Value);
        Assert.Equal(
            (400, "ResourceInUse", $"Target group '{group}' is currently in use by a listener or a rule"),
            await server.RefusalV2Async($"Action=DeleteTargetGroup&TargetGroupArn={group}"));

        await server.SendV2Async($"Action=DeleteListener&ListenerArn={listener}");
        await server.SendV2Async($"Action=DeleteTargetGroup&TargetGroupArn={group}");
        await server.SendV2Async($"Action=DeleteTargetGroup&TargetGroupArn={group}");
        Assert.Equal(
            (400, "TargetGroupNotFound", "One or more target groups not found"),
            await server.RefusalV2Async($"Action=DescribeTargetGroups&TargetGroupArns.member.1={group}"));
    }
}
