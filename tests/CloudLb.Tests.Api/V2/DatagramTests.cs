using CloudLb.Tests.Api.Actions;
using static CloudLb.Tests.Api.V2.V2Resources;

namespace CloudLb.Tests.Api.V2;

/// <summary>Listeners and target groups of UDP and TCP_UDP as a client sees them.</summary>
public sealed class DatagramTests(ElbServer server) : IClassFixture<ElbServer>
{
    private readonly V2Resources _resources = new(server);

    [Theory]
    [InlineData("TCP", "TCP", true)]
    [InlineData("TCP", "UDP", false)]
    [InlineData("TCP", "TCP_UDP", true)]
    [InlineData("UDP", "TCP", false)]
    [InlineData("UDP", "UDP", true)]
    [InlineData("UDP", "TCP_UDP", true)]
    [InlineData("TCP_UDP", "TCP", false)]
    [InlineData("TCP_UDP", "UDP", false)]
    [InlineData("TCP_UDP", "TCP_UDP", true)]
    [InlineData("UDP", "HTTP", false)]
    public async Task A_listener_takes_groups_of_its_protocol(string listener, string ofGroup, bool isTaken)
    {
        var (loadBalancer, group) = (await _resources.LoadBalancerAsync("network"), await _resources.TargetGroupAsync(ofGroup));
        var form = $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol={listener}&Port=53{Forward(group)}";
        if (!isTaken)
        {
            Assert.Equal(
                (400, "IncompatibleProtocols", $"The listener and the following target groups have incompatible protocols: {group}"),
                await server.RefusalV2Async(form));
            return;
        }

        Assert.Equal(listener, (await server.SendV2Async(form)).Descendants("Protocol").Single().Value);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP_UDP")]
    public async Task A_group_is_checked_by_TCP_unless_HTTP_is_said_and_has_attributes_of_its_own(string protocol)
    {
        var group = await _resources.TargetGroupAsync(protocol);
        var described = await server.SendV2Async($"Action=DescribeTargetGroups&TargetGroupArns.member.1={group}");
        var attributes = (await server.SendV2Async($"Action=DescribeTargetGroupAttributes&TargetGroupArn={group}"))
            .Descendants("member").ToDictionary(member => member.Element("Key")!.Value, member => member.Element("Value")!.Value);

        Assert.Equal(
            ("TCP", "traffic-port", "30", "10"),
            (described.Descendants("HealthCheckProtocol").Single().Value, described.Descendants("HealthCheckPort").Single().Value,
                described.Descendants("HealthCheckIntervalSeconds").Single().Value,
                described.Descendants("HealthCheckTimeoutSeconds").Single().Value));
        Assert.Equal("true", attributes["deregistration_delay.connection_termination.enabled"]);
        Assert.Equal("source_ip", attributes["stickiness.type"]);
        Assert.DoesNotContain(attributes.Keys, key => key.StartsWith("target_health_state", StringComparison.Ordinal));
        Assert.Equal(
            (400, "ValidationError", "Health check protocol 'UDP' must be one of 'HTTP, HTTPS, TCP'"),
            await server.RefusalV2Async($"Action=ModifyTargetGroup&TargetGroupArn={group}&HealthCheckProtocol=UDP"));
        await server.SendV2Async($"Action=ModifyTargetGroupAttributes&TargetGroupArn={group}{Attribute("stickiness.enabled", "true")}");
    }

    [Theory]
    [InlineData("preserve_client_ip.enabled", "true", "InvalidConfigurationRequest")]
    [InlineData("proxy_protocol_v2.enabled", "true", "InvalidConfigurationRequest")]
    [InlineData("deregistration_delay.connection_termination.enabled", "false", "InvalidConfigurationRequest")]
    [InlineData("target_health_state.unhealthy.connection_termination.enabled", "true", "ValidationError")]
    public async Task What_has_no_effect_on_datagrams_is_refused(string key, string value, string code) => Assert.Equal(
        (400, code),
        (await server.RefusalV2Async(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={await _resources.TargetGroupAsync("UDP")}{Attribute(key, value)}"))
            is var (status, found, _) ? (status, found) : default);

    [Fact]
    public async Task A_listener_for_datagrams_has_no_attributes()
    {
        var arn = await _resources.ListenerAsync(
            await _resources.LoadBalancerAsync("network"), await _resources.TargetGroupAsync("UDP"), 53, "UDP");

        Assert.Empty((await server.SendV2Async($"Action=DescribeListenerAttributes&ListenerArn={arn}")).Descendants("Key"));
        Assert.Equal(
            (400, "ValidationError", "The provided listener attribute is not supported"),
            await server.RefusalV2Async(
                $"Action=ModifyListenerAttributes&ListenerArn={arn}{Attribute("tcp.idle_timeout.seconds", "60")}"));
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP_UDP")]
    public async Task Where_nothing_carries_datagrams_a_listener_is_refused_and_it_is_said_why(string protocol)
    {
        var (loadBalancer, group) = (await _resources.LoadBalancerAsync("network"), await _resources.TargetGroupAsync("TCP_UDP"));
        var ofTcp = await _resources.ListenerAsync(loadBalancer, group, 54, "TCP");
        server.Datagrams.Fault = "it is not installed.";
        try
        {
            var refused = (
                400, "UnsupportedProtocol", $"The specified listener protocol '{protocol}' is not supported here: it is not installed.");
            Assert.Equal(
                refused,
                await server.RefusalV2Async(
                    $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol={protocol}&Port=53{Forward(group)}"));
            Assert.Equal(refused, await server.RefusalV2Async($"Action=ModifyListener&ListenerArn={ofTcp}&Protocol={protocol}"));
            await _resources.ListenerAsync(loadBalancer, group, 55, "TCP");
        }
        finally
        {
            server.Datagrams.Fault = null;
        }
    }

    private static string Attribute(string key, string value) => $"&Attributes.member.1.Key={key}&Attributes.member.1.Value={value}";
}
