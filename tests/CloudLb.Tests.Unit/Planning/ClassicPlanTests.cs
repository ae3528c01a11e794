using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Attributes;
using CloudLb.Elb.Planning;
using CloudLb.Tests.Unit.Inventory;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Planning;

public sealed class ClassicPlanTests : IDisposable
{
    private static readonly LoadBalancer Web = Sample.LoadBalancer().WithInstances(
        [Sample.Instance("i-2", "10.0.0.2"), Sample.Instance("i-1")], Sample.Quotas);

    private readonly FileInventory _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_listener_sends_to_the_pool_of_its_instance_port()
    {
        var plan = Plan(Web);

        Assert.Equal((Web.Key.ToId(), Web.Address, "8080"), (plan.Id, plan.Addresses.Single(), plan.HealthPool));
        Assert.Equal(
            [
                new()
                {
                    Port = 80, Mode = TrafficMode.Http, Http = new() { DesyncMitigation = DesyncMitigation.Defensive },
                DefaultAction = PlannedAction.Forward.To("8080"), IdleTimeout = TimeSpan.FromSeconds(60),
                },
            ],
            plan.Listeners);
        var pool = Assert.Single(plan.Pools);
        Assert.Equal(("8080", TrafficMode.Http, TimeSpan.FromSeconds(60)), (pool.Name, pool.Mode, pool.IdleTimeout));
        Assert.Equal([Member("i-1", "10.0.0.1"), Member("i-2", "10.0.0.2")], pool.Members);
    }

    [Fact]
    public void Listeners_share_a_pool_when_they_have_the_instance_port_and_the_mode_in_common()
    {
        var plan = Plan(Web.WithListeners(
            [
                Sample.Listener(81), Sample.Listener(22, 8080, ListenerProtocol.TCP), Sample.Listener(23, 8443, ListenerProtocol.SSL),
                Sample.Listener(443, 8443, ListenerProtocol.HTTPS), Sample.Listener(444, 8443, ListenerProtocol.HTTPS),
            ],
            Sample.Quotas));

        Assert.Equal(
            ["22:t8080", "23:ts8443", "80:8080", "81:8080", "443:s8443", "444:s8443"],
            plan.Listeners.Select(listener => $"{listener.Port}:{PoolOf(listener)}"));
        Assert.Equal(
            [
                ("8080", TrafficMode.Http, 8080, false), ("s8443", TrafficMode.Http, 8443, true), ("t8080", TrafficMode.Tcp, 8080, false),
                ("ts8443", TrafficMode.Tcp, 8443, true),
            ],
            plan.Pools.Select(pool => (pool.Name, pool.Mode, pool.Members[0].Port, pool.Members[0].IsSecure)));
        Assert.Equal("t8080", plan.HealthPool);
    }

    [Fact]
    public void A_secure_listener_has_its_certificate_and_what_its_negotiation_policy_says()
    {
        var secure = Sample.Listener(443) with { Protocol = ListenerProtocol.HTTPS, CertificateId = "ASCA1" };

        var tls = Plan(Web.WithListeners([secure], Sample.Quotas)).Listeners[1].Tls!;

        Assert.Equal(("ASCA1", true), (tls.CertificateId, tls.IsServerOrder));
        Assert.Equal([TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12], tls.Versions);
        Assert.Equal("ECDHE-ECDSA-AES128-GCM-SHA256", tls.Ciphers[0]);
    }

    [Fact]
    public void Whether_requests_are_logged_is_planned_and_not_where_to()
    {
        var off = Sample.LoadBalancer();
        var on = off with { Attributes = new() { AccessLog = new() { Bucket = "a", Interval = TimeSpan.FromMinutes(5) } } };
        var elsewhere = off with
        {
            Attributes = new() { AccessLog = new() { Bucket = "b", Prefix = "p", Interval = TimeSpan.FromMinutes(60) } },
        };

        Assert.False(Plan(off).IsLogged);
        Assert.True(Plan(on).IsLogged);
        Assert.Equal(Plan(on), Plan(elsewhere));
    }

    [Fact]
    public void Without_listeners_the_instances_are_checked_all_the_same()
    {
        var plan = Plan(Web.WithoutListeners([80]));

        Assert.Empty(plan.Listeners);
        Assert.Equal((plan.HealthPool, 2), (Assert.Single(plan.Pools).Name, plan.Pools[0].Members.Count));
    }

    [Theory]
    [InlineData("TCP:22", ProbeProtocol.Tcp, 22, "")]
    [InlineData("SSL:443", ProbeProtocol.Ssl, 443, "")]
    [InlineData("HTTP:80/ping", ProbeProtocol.Http, 80, "/ping")]
    [InlineData("HTTPS:8443/", ProbeProtocol.Https, 8443, "/")]
    public void Every_pool_is_probed_as_the_health_check_says(string target, ProbeProtocol protocol, int port, string path)
    {
        var healthCheck = new HealthCheck
        {
            Target = HealthCheckTarget.Parse(target),
            Interval = TimeSpan.FromSeconds(6),
            Timeout = TimeSpan.FromSeconds(4),
            HealthyThreshold = 3,
            UnhealthyThreshold = 5,
        };
        var expected = new PlannedProbe
        {
            Protocol = protocol, Port = port, Path = path, UserAgent = "ELB-HealthChecker/1.0",
            Interval = TimeSpan.FromSeconds(6), Timeout = TimeSpan.FromSeconds(4), Rise = 3, Fall = 5,
        };

        Assert.All(
            Plan(Web.WithListeners([Sample.Listener(81, 81)], Sample.Quotas).WithHealthCheck(healthCheck)).Pools,
            pool => Assert.Equal(expected, pool.Probe));
    }

    [Theory]
    [InlineData(DesyncMitigationMode.Monitor, DesyncMitigation.Monitor)]
    [InlineData(DesyncMitigationMode.Defensive, DesyncMitigation.Defensive)]
    [InlineData(DesyncMitigationMode.Strictest, DesyncMitigation.Strictest)]
    public void Attributes_reach_listeners_and_pools(DesyncMitigationMode mode, DesyncMitigation planned)
    {
        var plan = Plan(Web.WithAttributes(new() { IdleTimeout = TimeSpan.FromSeconds(4000), DesyncMitigationMode = mode }));

        Assert.Equal(
            (planned, 4000, 4000),
            (plan.Listeners[0].Http!.DesyncMitigation, plan.Listeners[0].IdleTimeout.TotalSeconds, plan.Pools[0].IdleTimeout.TotalSeconds));
    }

    [Fact]
    public async Task The_inventory_says_where_an_instance_is_and_where_it_says_nothing_the_registration_does()
    {
        await _file.WriteAsync("""{ "i-2": "10.0.0.22" }""");

        Assert.Equal([Member("i-1", "10.0.0.1"), Member("i-2", "10.0.0.22")], Plan(Web).Pools[0].Members);
    }

    [Fact]
    public async Task An_instance_of_a_zone_that_is_not_enabled_takes_no_traffic()
    {
        await _file.WriteAsync("""{ "i-2": { "address": "10.0.0.2", "zone": "us-east-1b" } }""");

        Assert.Equal([Member("i-1", "10.0.0.1")], Plan(Web).Pools[0].Members);
        Assert.Equal(2, Plan(Web.WithAvailabilityZones(["us-east-1b"], Sample.Network())).Pools[0].Members.Count);
    }

    [Theory]
    [InlineData(false, "i-1=2 i-2=2 i-3=1 i-4=1 i-5=2")]
    [InlineData(true, "i-1=1 i-2=1 i-3=1 i-4=1 i-5=1")]
    public void Zones_share_the_traffic_and_across_zones_instances_do(bool isCrossZone, string weights)
    {
        var spread = Web.WithAvailabilityZones(["us-east-1b", "us-east-1c"], Sample.Network())
            .WithInstances(
                [
                    Sample.Instance("i-1", zone: "us-east-1a"), Sample.Instance("i-2", zone: "us-east-1b"),
                    Sample.Instance("i-3", zone: "us-east-1c"),
                    Sample.Instance("i-4", zone: "us-east-1c"), Sample.Instance("i-5"),
                ],
                Sample.Quotas)
            .WithAttributes(new() { CrossZoneLoadBalancing = isCrossZone });

        Assert.Equal(weights, string.Join(' ', Plan(spread).Pools[0].Members.Select(member => $"{member.Target}={member.Weight}")));
    }

    [Fact]
    public async Task A_draining_instance_stays_where_it_was_served_until_its_time()
    {
        await _file.WriteAsync("""{ "i-2": "10.0.0.22" }""");
        var draining = Web.WithAttributes(new() { ConnectionDraining = new() { IsEnabled = true } }).WithoutInstances(["i-2"], Sample.Noon);

        Assert.Equal(
            [Member("i-1", "10.0.0.1"), Member("i-2", "10.0.0.22") with { DrainingUntil = Sample.Noon.AddSeconds(300) }],
            Plan(draining).Pools[0].Members);
    }

    [Theory]
    [InlineData(80, "10.0.0.0/8 192.168.1.0/24 fd00::/8")]
    [InlineData(81, "10.0.0.0/8")]
    [InlineData(443, null)]
    public async Task A_listener_lets_in_whom_the_known_groups_let_in(int port, string? networks)
    {
        await _file.WriteAsync("""
            {
              "securityGroups": {
                "sg-1": { "vpc": "vpc-1", "ingress": [
                  { "ports": 80, "sources": ["192.168.1.0/24", "fd00::/8"] }, { "protocol": "udp", "sources": ["172.16.0.0/12"] } ] },
                "sg-2": { "vpc": "vpc-1", "ingress": [
                  { "protocol": "all", "sources": ["10.0.0.0/8"] }, { "ports": "443-444", "sources": ["0.0.0.0/0", "::/0"] } ] },
                "sg-3": { "vpc": "vpc-1" }
              }
            }
            """);
        var web = Web with { SecurityGroups = ["sg-1", "sg-2", "sg-3"], Listeners = [Sample.Listener(port)] };

        Assert.Equal(networks?.Split(' ').ToEquatableArray(), Plan(web).Listeners[0].AllowedSources);
    }

    [Theory]
    [InlineData("sg-3", null)]
    [InlineData("sg-9", null)]
    [InlineData("sg-4", "")]
    public async Task Without_known_rules_everyone_is_let_in_and_without_rules_nobody(string group, string? networks)
    {
        await _file.WriteAsync(
            """{ "securityGroups": { "sg-3": { "vpc": "vpc-1" }, "sg-4": { "vpc": "vpc-1", "name": "closed", "ingress": [] } } }""");

        Assert.Equal(
            networks is null
                ? null
                : EquatableArray<string>.Empty, Plan(Web with { SecurityGroups = [group] }).Listeners[0].AllowedSources);
    }

    [Fact]
    public void With_fast_clocks_seconds_of_checks_and_of_draining_are_tenths()
    {
        var web = Web with { HealthCheck = Web.HealthCheck with { Interval = TimeSpan.FromSeconds(5), Timeout = TimeSpan.FromSeconds(2) } };
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var draining = (
            web with
            {
                Attributes = web.Attributes with { ConnectionDraining = new() { IsEnabled = true, Timeout = TimeSpan.FromSeconds(30) } },
            })
            .WithoutInstances(["i-1"], now, ClockSpeed.Fast);

        var pool = Assert.Single(ClassicPlan.Of(draining, _file.Inventory, speed: ClockSpeed.Fast).Pools);

        Assert.Equal((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.2)), (pool.Probe.Interval, pool.Probe.Timeout));
        Assert.Equal(now + TimeSpan.FromSeconds(3), pool.Members.Single(member => member.Target == "i-1").DrainingUntil);
    }

    private static PlannedMember Member(string id, string address) =>
        new() { Target = id, Address = IPAddress.Parse(address), Port = 8080, Weight = 1 };

    private PlannedLoadBalancer Plan(LoadBalancer loadBalancer) => ClassicPlan.Of(loadBalancer, _file.Inventory);

    private static string? PoolOf(PlannedListener listener) => (listener.DefaultAction as PlannedAction.Forward)?.OnlyPool;
}
