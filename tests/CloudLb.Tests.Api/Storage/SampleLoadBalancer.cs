using System.Net;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Attributes;

namespace CloudLb.Tests.Api.Storage;

/// <summary>Load balancers for the stores to keep.</summary>
internal static class SampleLoadBalancer
{
    public static LoadBalancerKey Key(string name, string region = "us-east-1", string account = "123456789012") =>
        new(new(account), region, name);

    public static LoadBalancer Of(LoadBalancerKey key, string address = "127.0.64.1") => new()
    {
        Key = key,
        DnsName = $"{key.Name}-1234567890.{key.Region}.elb.localhost",
        Address = IPAddress.Parse(address),
        Scheme = LoadBalancerScheme.InternetFacing,
        CreatedTime = new(2026, 3, 1, 12, 30, 15, TimeSpan.Zero),
        Listeners =
        [
            new()
            {
                Protocol = ListenerProtocol.HTTP,
                LoadBalancerPort = 80,
                InstanceProtocol = ListenerProtocol.HTTP,
                InstancePort = 8080,
            },
        ],
        AvailabilityZones = ["us-east-1a", "us-east-1b"],
        HealthCheck = HealthCheck.Default(8080),
    };

    /// <summary>One with something in every member, text that is hostile to SQL and JSON included.</summary>
    public static LoadBalancer Full(LoadBalancerKey key) => Of(key, "fd00::1:2") with
    {
        Scheme = LoadBalancerScheme.Internal,
        HealthCheck = HealthCheck.Default(8080) with
        {
            Target = HealthCheckTarget.Parse("HTTP:8080/ping?a='b'&c=\"d\""),
            Interval = TimeSpan.FromSeconds(7),
        },
        Instances = [Instance("10.0.0.1", "us-east-1a"), Instance("10.0.0.2", null)],
        Draining = [new(Instance("10.0.0.3", null), new(2026, 3, 1, 12, 35, 15, 250, TimeSpan.Zero))],
        FormerInstances = ["10.0.0.3", "10.0.0.9"],
        Attributes = new()
        {
            CrossZoneLoadBalancing = true,
            ConnectionDraining = new() { IsEnabled = true, Timeout = TimeSpan.FromSeconds(45) },
            IdleTimeout = TimeSpan.FromSeconds(4000),
            DesyncMitigationMode = DesyncMitigationMode.Strictest,
        },
        Policies =
        [
            new() { Name = "k8s-proxyprotocol-enabled", TypeName = "ProxyProtocolPolicyType", Attributes = [new("ProxyProtocol", "True")] },
        ],
        ListenerPolicies = [new(80, ["duration", "ELBSecurityPolicy-2016-08"])],
        BackendServerPolicies = [new(8080, ["k8s-proxyprotocol-enabled"])],
        StickinessKey = "0123456789abcdef",
        Tags = [new("owner", ""), new("quote'); drop table load_balancer; --", "\"<Zoë>\" \U0001F4BE \\ \n")],
    };

    private static Instance Instance(string address, string? zone) =>
        new() { InstanceId = address, Address = IPAddress.Parse(address), AvailabilityZone = zone };
}
