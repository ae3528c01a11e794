using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;
using CloudLb.Tests.Unit.Inventory;
using CloudLb.Tests.Unit.LoadBalancers;
using Wire = CloudLb.Elb.Contracts;

namespace CloudLb.Tests.Unit.Elb;

public sealed class MappingTests
{
    [Theory]
    [InlineData(null, LoadBalancerScheme.InternetFacing, "internet-facing")]
    [InlineData("", LoadBalancerScheme.InternetFacing, "internet-facing")]
    [InlineData("internet-facing", LoadBalancerScheme.InternetFacing, "internet-facing")]
    [InlineData("internal", LoadBalancerScheme.Internal, "internal")]
    public void There_are_two_schemes(string? text, LoadBalancerScheme scheme, string spelled)
    {
        Assert.Equal(scheme, SchemeMapping.ToScheme(text));
        Assert.Equal(spelled, scheme.ToWire());
    }

    [Theory]
    [InlineData("Internal")]
    [InlineData("external")]
    [InlineData("internal ")]
    public void Any_other_scheme_is_InvalidScheme(string text) =>
        Assert.Equal("InvalidScheme", Sample.Refusal(() => SchemeMapping.ToScheme(text)).Code);

    [Theory]
    [InlineData("us-east-1", "Z35SXDOTRQ7X7K")]
    [InlineData("eu-west-1", "Z32O12XQLNTSW2")]
    [InlineData("cn-northwest-1", "ZM7IZAIOVVDZF")]
    [InlineData("us-gov-west-1", "Z33AYJ8TM3BH4J")]
    [InlineData("sa-east-1", "Z2P70J7HTTTPLU")]
    [InlineData("moon-1", "Z35SXDOTRQ7X7K")]
    [InlineData("", "Z35SXDOTRQ7X7K")]
    public void A_region_has_its_hosted_zone_and_one_that_AWS_does_not_have_that_of_us_east_1(string region, string zone) =>
        Assert.Equal(zone, HostedZones.Of(region));

    [Theory]
    [InlineData(LoadBalancerScheme.InternetFacing, @"^web-\d{9,10}\.us-east-1\.elb\.localhost$")]
    [InlineData(LoadBalancerScheme.Internal, @"^internal-web-\d{9,10}\.us-east-1\.elb\.localhost$")]
    public void A_DNS_name_says_the_scheme_and_has_a_number_of_its_own(LoadBalancerScheme scheme, string pattern)
    {
        var names = Enumerable.Range(0, 20).Select(_ => new DnsNames("elb.localhost").New(Sample.Key(), scheme)).ToList();

        Assert.All(names, name => Assert.Matches(pattern, name));
        Assert.True(names.Distinct().Count() > 15);
    }

    [Theory]
    [InlineData("us-east-1a", null)]
    [InlineData("us-east-1b us-east-1a us-east-1b", null)]
    [InlineData("", "AvailabilityZones cannot be empty")]
    [InlineData("us-east-1a us-east-1z", "Invalid Availability Zone 'us-east-1z'; region us-east-1 has us-east-1a, us-east-1b")]
    [InlineData("US-EAST-1A", "Invalid Availability Zone 'US-EAST-1A'; region us-east-1 has us-east-1a, us-east-1b")]
    public void Zones_are_the_ones_the_region_has(string zones, string? message)
    {
        var names = zones.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (message is null)
        {
            Assert.Equal(names, new TwoZones().Check("us-east-1", names));
            return;
        }

        Assert.Equal(("ValidationError", message), Sample.Refusal(() => new TwoZones().Check("us-east-1", names)));
    }

    [Fact]
    public void A_health_check_goes_out_as_it_came_in_but_for_the_case_of_its_protocol()
    {
        var wire = new Wire.HealthCheck
        {
            Target = "http:80/Ping",
            Interval = 300,
            Timeout = 60,
            HealthyThreshold = 10,
            UnhealthyThreshold = 2,
        };

        Assert.Equal(wire with { Target = "HTTP:80/Ping" }, wire.ToDomain().ToWire());
    }

    [Fact]
    public void Instance_ids_are_taken_once_each_in_the_order_asked() => Assert.Equal(["i-2", "i-1"], Instances("i-2", "i-1", "i-2").Ids());

    [Fact]
    public void Instances_without_an_id_are_a_ValidationError()
    {
        Assert.Equal(("ValidationError", "InstanceId cannot be empty"), Sample.Refusal(() => Instances("i-1", null).Ids()));
        Assert.Equal(("ValidationError", "InstanceId cannot be empty"), Sample.Refusal(() => Instances("").Ids()));
        Assert.Equal(("ValidationError", "Instances cannot be empty"), Sample.Refusal(() => Instances().Ids()));
    }

    [Fact]
    public void A_tag_without_a_value_has_an_empty_one()
    {
        IReadOnlyList<Wire.Tag> tags = [new() { Key = "k" }];

        Assert.Equal([new Tag("k", "")], tags.ToDomain());
        Assert.Empty(((IReadOnlyList<Wire.Tag>?)null).ToDomain());
    }

    [Theory]
    [InlineData("web", true)]
    [InlineData("", false)]
    [InlineData("web api", false)]
    public void Tags_are_changed_on_exactly_one_load_balancer(string names, bool isAccepted)
    {
        var list = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (isAccepted)
        {
            Assert.Equal(names, TagMapping.Single(list));
            return;
        }

        Assert.Equal(("ValidationError", "Exactly 1 LoadBalancerName can be specified"), Sample.Refusal(() => TagMapping.Single(list)));
    }

    [Fact]
    public void A_description_has_empty_lists_and_leaves_out_what_a_load_balancer_does_not_have()
    {
        var open = Sample.LoadBalancer().ToWire(MemoryResources.Empty.Certificates, Sample.Network());
        var closed = (
            Sample.LoadBalancer() with { Scheme = LoadBalancerScheme.Internal, Listeners = [] }).ToWire(
                MemoryResources.Empty.Certificates, Sample.Network());

        Assert.Equal((open.DNSName, null), (open.CanonicalHostedZoneName, closed.CanonicalHostedZoneName));
        Assert.Equal(("Z35SXDOTRQ7X7K", null, "TCP:8080"), (open.CanonicalHostedZoneNameID, open.VPCId, open.HealthCheck!.Target));
        Assert.Equal([], open.Subnets!);
        Assert.Equal([], open.SecurityGroups!);
        Assert.Equal([], open.Instances!);
        Assert.Equal([], open.BackendServerDescriptions!);
        Assert.Equal([], open.Policies!.OtherPolicies!);
        Assert.Equal([], Assert.Single(open.ListenerDescriptions!).PolicyNames!);
        Assert.Equal([], closed.ListenerDescriptions!);
    }

    [Fact]
    public void In_a_VPC_the_source_security_group_is_the_first_by_its_name_or_by_its_id_when_nobody_knows_it()
    {
        var network = Sample.Network();
        var web = (Sample.LoadBalancer() with { AvailabilityZones = [] }).InDefaultVpc(["us-east-1a"], network);
        var known = web.ToWire(MemoryResources.Empty.Certificates, network);
        var unknown = (web with { SecurityGroups = ["gone", "sg-1"] }).ToWire(MemoryResources.Empty.Certificates, network);

        Assert.Equal((network.DefaultVpc!.VpcId, 1, 1), (known.VPCId, known.Subnets!.Count, known.SecurityGroups!.Count));
        Assert.Equal(
            ("123456789012", network.LoadBalancerGroup!.Name),
            (known.SourceSecurityGroup!.OwnerAlias, known.SourceSecurityGroup.GroupName));
        Assert.Equal("gone", unknown.SourceSecurityGroup!.GroupName);
    }

    [Fact]
    public async Task A_description_is_written_once_for_what_the_inventory_says_then()
    {
        using var file = new FileInventory();
        var networks = new Networks(file.Inventory, new TwoZones());
        var web = Sample.LoadBalancer() with { VpcId = "vpc-1", SecurityGroups = ["sg-1"] };
        var before = web.ToWritten(MemoryResources.Empty.Certificates, networks);
        var again = web.ToWritten(MemoryResources.Empty.Certificates, networks);
        await file.WriteAsync("""{ "securityGroups": { "sg-1": { "vpc": "vpc-1", "name": "web" } } }""");

        Assert.Same(before, again);
        Assert.Equal(
            ("sg-1", "web"),
            (
                before.Value.SourceSecurityGroup!.GroupName,
                web.ToWritten(MemoryResources.Empty.Certificates, networks).Value.SourceSecurityGroup!.GroupName));
    }

    private static IReadOnlyList<Wire.Instance> Instances(params string?[] ids) =>
        [.. ids.Select(id => new Wire.Instance { InstanceId = id })];

    private sealed class TwoZones : IRegionZones
    {
        public IReadOnlyList<string> Of(string region) => [$"{region}a", $"{region}b"];
    }
}
