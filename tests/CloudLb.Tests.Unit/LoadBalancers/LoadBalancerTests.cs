using System.Text.Json;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Attributes;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class LoadBalancerTests
{
    private static readonly LoadBalancer Web = Sample.LoadBalancer();

    [Fact]
    public void The_health_check_of_a_new_load_balancer_is_the_one_of_AWS() => Assert.Equal(
        new HealthCheck
        {
            Target = HealthCheckTarget.Parse("TCP:8080"),
            Interval = TimeSpan.FromSeconds(30),
            Timeout = TimeSpan.FromSeconds(5),
            HealthyThreshold = 10,
            UnhealthyThreshold = 2,
        },
        HealthCheck.Default(8080));

    [Theory]
    [InlineData(10, 9, true)]
    [InlineData(10, 10, false)]
    [InlineData(5, 60, false)]
    public void A_health_check_waits_for_less_than_its_interval(int interval, int timeout, bool isAccepted)
    {
        var healthCheck = HealthCheck.Default(80) with
        {
            Interval = TimeSpan.FromSeconds(interval),
            Timeout = TimeSpan.FromSeconds(timeout),
        };
        if (isAccepted)
        {
            Assert.Equal(healthCheck, Web.WithHealthCheck(healthCheck).HealthCheck);
            return;
        }

        Assert.Equal(
            ("ValidationError", "Health check interval must be greater than the timeout."),
            Sample.Refusal(() => Web.WithHealthCheck(healthCheck)));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(3600, 4000, true)]
    [InlineData(0, 60, false)]
    [InlineData(3601, 60, false)]
    [InlineData(-1, 60, false)]
    [InlineData(int.MaxValue, 60, false)]
    [InlineData(300, 0, false)]
    [InlineData(300, 4001, false)]
    public void Draining_lasts_up_to_3600_seconds_and_silence_up_to_4000(int drainingTimeout, int idleTimeout, bool isAccepted)
    {
        var attributes = new LoadBalancerAttributes
        {
            ConnectionDraining = new() { Timeout = TimeSpan.FromSeconds(drainingTimeout) }, IdleTimeout = TimeSpan.FromSeconds(idleTimeout),
        };

        if (isAccepted)
        {
            Assert.Equal(attributes, Web.WithAttributes(attributes).Attributes);
            return;
        }

        Assert.Equal("ValidationError", Sample.Refusal(() => Web.WithAttributes(attributes)).Code);
    }

    [Fact]
    public void Zones_are_enabled_once_each_and_stand_in_ordinal_order() => Assert.Equal(
        ["us-east-1a", "us-east-1b", "us-east-1c"],
        Web.WithAvailabilityZones(["us-east-1c", "us-east-1a", "us-east-1b", "us-east-1c"], Sample.Network()).AvailabilityZones);

    [Fact]
    public void One_zone_must_remain_and_one_that_is_not_enabled_is_no_error()
    {
        Assert.Equal(Web, Web.WithoutAvailabilityZones(["us-east-1b", "moon"], Sample.Network()));
        Assert.Equal(
            "InvalidConfigurationRequest",
            Sample.Refusal(() => Web.WithoutAvailabilityZones(["us-east-1b", "us-east-1a"], Sample.Network())).Code);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("us-east-1a", true)]
    [InlineData("us-east-1b", false)]
    public void An_instance_whose_zone_is_not_known_counts_as_in_every_zone(string? zone, bool isEnabled) =>
        Assert.Equal(isEnabled, Web.IsZoneEnabled(zone));

    [Fact]
    public void Made_again_with_the_same_parameters_it_is_the_one_there_is()
    {
        var used = Web.WithInstances([Sample.Instance("i-1")], Sample.Quotas).WithHealthCheck(HealthCheck.Default(1));

        Assert.Same(used, used.MatchRepeatedCreation(Sample.LoadBalancer(address: "127.0.64.9")));
    }

    public static TheoryData<LoadBalancer, string> Others => new()
    {
        { Web with { Listeners = [Sample.Listener(81)] }, "parameters" },
        { Web with { Listeners = [] }, "parameters" },
        { Web with { AvailabilityZones = ["us-east-1a", "us-east-1b"] }, "parameters" },
        { Web with { Scheme = LoadBalancerScheme.Internal }, "parameters" },
        { Web with { Scheme = LoadBalancerScheme.Internal, Tags = [new("k", "v")] }, "parameters" },
        { Web with { Tags = [new("k", "v")] }, "tags" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Made_again_with_others_it_is_DuplicateLoadBalancerName(LoadBalancer requested, string different) => Assert.Equal(
        ("DuplicateLoadBalancerName", $"Load Balancer named web already exists and it is configured with different {different}."),
        Sample.Refusal(() => Web.MatchRepeatedCreation(requested)));

    [Fact]
    public void A_load_balancer_reads_the_same_from_its_JSON()
    {
        var full = (Sample.LoadBalancer(address: "fd00::7") with
        {
            Scheme = LoadBalancerScheme.Internal,
            HealthCheck = HealthCheck.Default(1) with { Target = HealthCheckTarget.Parse("HTTPS:443/a?b=\"c\"&d='<'") },
            Attributes = new()
            {
                CrossZoneLoadBalancing = true,
                ConnectionDraining = new() { IsEnabled = true, Timeout = TimeSpan.FromSeconds(7) },
                IdleTimeout = TimeSpan.FromSeconds(4000),
                DesyncMitigationMode = DesyncMitigationMode.Strictest,
            },
        })
        .WithListeners([Sample.Listener(22, 2222, ListenerProtocol.TCP)], Sample.Quotas)
        .WithTags([new("équipe", "💩"), new("empty", "")], Sample.Quotas)
        .WithInstances(
            [Sample.Instance("i-1", zone: "us-east-1a"), Sample.Instance("fd00::1", "fd00::1"), Sample.Instance("web.local")],
            Sample.Quotas)
        .WithoutInstances(["i-1"], Sample.Noon.AddTicks(1));

        Assert.Equal(full, JsonSerializer.Deserialize<LoadBalancer>(JsonSerializer.Serialize(full)));
    }
}
