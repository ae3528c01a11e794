using CloudLb.Core.Inventory;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class LoadBalancerVpcTests
{
    private static readonly LoadBalancer New = Sample.LoadBalancer() with { AvailabilityZones = [] };
    private static readonly Network Network = Sample.Network();
    private static readonly LoadBalancer Web = New.InVpc([Subnet("subnet-1"), Subnet("subnet-2")], Network);

    [Fact]
    public void Subnets_give_the_VPC_its_default_group_and_the_zones()
    {
        Assert.Equal(Network.UnlistedVpcId, Web.VpcId);
        Assert.Equal(["us-east-1b", "us-east-1c"], Web.AvailabilityZones);
        Assert.Equal([Network.DefaultGroup(Network.UnlistedVpcId).GroupId], Web.SecurityGroups);
    }

    [Fact]
    public void Zones_give_the_default_VPC_their_default_subnets_and_the_group_of_load_balancers()
    {
        var web = New.InDefaultVpc(["us-east-1a", "us-east-1c"], Network);

        Assert.Equal((Network.DefaultVpc!.VpcId, 2), (web.VpcId, web.Subnets.Count));
        Assert.Equal([Network.LoadBalancerGroup!.GroupId], web.SecurityGroups);
        Assert.Equal(3, web.WithAvailabilityZones(["us-east-1a", "us-east-1b"], Network).Subnets.Count);
        Assert.Equal(
            [Network.DefaultSubnet("us-east-1c")!.SubnetId], web.WithoutAvailabilityZones(["us-east-1a"], Network).Subnets.ToWire());
    }

    [Fact]
    public void Where_the_inventory_lists_VPCs_and_none_is_the_default_zones_alone_are_refused() => Assert.Equal(
        ("InvalidConfigurationRequest", "Default VPC not found"),
        Sample.Refusal(
            () => New.InDefaultVpc(["us-east-1a"], Sample.Network(Inventory.NetworkTests.Parse("""{ "vpcs": { "vpc-1": {} } }""")))));

    [Fact]
    public void A_zone_in_which_the_default_VPC_has_no_subnet_is_refused_like_one_that_is_not_there()
    {
        var inventory = Inventory.NetworkTests.Parse(
            """{ "vpcs": { "vpc-1": { "default": true } }, "subnets": { "subnet-1": { "zone": "us-east-1a", "vpc": "vpc-1" } } }""");
        var network = Sample.Network(inventory);
        var web = New.InDefaultVpc(["us-east-1a"], network);

        Assert.Equal("ValidationError", Sample.Refusal(() => web.WithAvailabilityZones(["us-east-1b"], network)).Code);
    }

    [Fact]
    public void A_zone_has_one_subnet()
    {
        Assert.Equal(Web, Web.WithSubnets([Subnet("subnet-2"), Subnet("subnet-1")]));
        Assert.Equal(3, Web.WithSubnets([Subnet("subnet-0")]).AvailabilityZones.Count);
        Assert.Equal(
            ("InvalidConfigurationRequest", "ELB cannot be attached to multiple subnets in the same AZ."),
            Sample.Refusal(() => Web.WithSubnets([Subnet("subnet-4")])));
    }

    [Fact]
    public void A_subnet_of_another_VPC_is_refused() =>
        Assert.Equal("InvalidConfigurationRequest", Sample.Refusal(() => Web.WithSubnets([Network.DefaultSubnet("us-east-1a")!])).Code);

    [Fact]
    public void One_subnet_must_remain_and_one_that_is_not_attached_is_no_error()
    {
        Assert.Equal(["us-east-1c"], Web.WithoutSubnets(["subnet-1", "subnet-7"]).AvailabilityZones);
        Assert.Equal(Web, Web.WithoutSubnets(["subnet-7"]));
        Assert.Equal(
            (
                "InvalidConfigurationRequest",
                "Requested configuration change for LoadBalancer \"web\" is invalid because you attempted to detach all the " +
            "subnets for this LoadBalancer and a LoadBalancer cannot be attached to zero subnets in VPC."),
            Sample.Refusal(() => Web.WithoutSubnets(["subnet-2", "subnet-1"])));
    }

    [Fact]
    public void Zones_are_not_changed_outside_the_default_VPC()
    {
        Assert.Equal(
            ("ValidationError", "You cannot enable Availability Zones for ELBs in VPC."),
            Sample.Refusal(() => Web.WithAvailabilityZones(["us-east-1a"], Network)));
        Assert.Equal(
            ("ValidationError", "You cannot disable Availability Zones for ELBs in VPC."),
            Sample.Refusal(() => Web.WithoutAvailabilityZones(["us-east-1b"], Network)));
    }

    [Fact]
    public void Security_groups_are_replaced_in_the_order_given()
    {
        Assert.Equal(["sg-2", "sg-1"], Web.WithSecurityGroups(Groups("sg-2", "sg-1", "sg-2")).SecurityGroups);
        Assert.Equal(("ValidationError", "SecurityGroups must not be empty"), Sample.Refusal(() => Web.WithSecurityGroups([])));
        Assert.Equal(
            ("InvalidConfigurationRequest", "The maximum number of security groups per load balancer has been reached."),
            Sample.Refusal(() => Web.WithSecurityGroups(Groups("sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"))));
        Assert.Equal(
            ("InvalidConfigurationRequest", $"Security group \"sg-1\" does not belong to VPC \"{Web.VpcId}\""),
            Sample.Refusal(() => Web.WithSecurityGroups([new() { GroupId = "sg-1", Name = "a", VpcId = "vpc-7" }])));
    }

    [Fact]
    public void Outside_a_VPC_there_are_neither_subnets_nor_security_groups()
    {
        var old = Sample.LoadBalancer();

        Assert.Equal("InvalidConfigurationRequest", Sample.Refusal(() => old.WithSubnets([Subnet("subnet-1")])).Code);
        Assert.Equal(
            ("ValidationError", "Security groups can be applied to only ELBs in VPC."),
            Sample.Refusal(() => old.WithSecurityGroups(Groups("sg-1"))));
    }

    [Fact]
    public void A_repeated_creation_has_the_same_subnets_and_groups()
    {
        var web = Web.WithSecurityGroups(Groups("sg-2", "sg-1"));

        Assert.Same(web, web.MatchRepeatedCreation(Web.WithSecurityGroups(Groups("sg-1", "sg-2"))));
        Assert.Equal("DuplicateLoadBalancerName", Sample.Refusal(() => web.MatchRepeatedCreation(Web)).Code);
        Assert.Equal("DuplicateLoadBalancerName", Sample.Refusal(() => Web.MatchRepeatedCreation(Web.WithoutSubnets(["subnet-1"]))).Code);
    }

    [Fact]
    public void One_made_before_VPCs_is_repeated_by_its_zones()
    {
        var old = Sample.LoadBalancer();

        Assert.Same(old, old.MatchRepeatedCreation(New.InDefaultVpc(["us-east-1a"], Network)));
    }

    [Theory]
    [InlineData(LoadBalancerScheme.InternetFacing, "InvalidSubnet")]
    [InlineData(LoadBalancerScheme.Internal, null)]
    public void Facing_the_internet_takes_a_gateway(LoadBalancerScheme scheme, string? code)
    {
        var closed = Sample.Network(Inventory.NetworkTests.Parse(
            """{ "vpcs": { "vpc-1": { "internetGateway": false } }, "subnets": { "subnet-1": { "zone": "us-east-1a", "vpc": "vpc-1" } } }"""));
        var web = (New with { Scheme = scheme }).InVpc(closed.Subnets(["subnet-1"]), closed);

        Assert.Equal(code, code is null ? null : Sample.Refusal(() => web.EnsureReachable(closed)).Code);
        Assert.Same(web, code is null ? web.EnsureReachable(closed) : web);
    }

    private static Subnet Subnet(string id) => Network.FindSubnet(id)!;

    private static List<SecurityGroup> Groups(params string[] ids) =>
        [.. ids.Select(id => Network.FindSecurityGroup(id, Network.UnlistedVpcId)!)];
}
