using System.Text;
using CloudLb.Core.Inventory;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Inventory;

public sealed class NetworkTests
{
    private const string Listed = """
        {
          "vpcs": {
            "vpc-1": { "cidr": "10.1.0.0/16", "default": true },
            "vpc-2": { "internetGateway": false },
            "vpc-3": {}
          },
          "subnets": {
            "subnet-2": { "zone": "us-east-1a", "vpc": "vpc-1" },
            "subnet-1": { "zone": "us-east-1a", "vpc": "vpc-1", "cidr": "10.1.1.0/24" },
            "subnet-3": { "zone": "us-east-1b", "vpc": "vpc-2" },
            "subnet-9": { "zone": "eu-west-1a", "vpc": "vpc-3" }
          },
          "securityGroups": {
            "sg-1": { "name": "web", "vpc": "vpc-1", "ingress": [{ "ports": 80, "sources": ["0.0.0.0/0"] }] },
            "sg-2": { "name": "default", "vpc": "vpc-2" },
            "sg-9": { "vpc": "vpc-3" }
          }
        }
        """;

    [Theory]
    [InlineData("subnet-0123456789abcdef0", "us-east-1a")]
    [InlineData("subnet-1", "us-east-1b")]
    [InlineData("subnet-0a1b2c32", "us-east-1c")]
    [InlineData("subnet-0f", "us-east-1a")]
    [InlineData("subnet-", null)]
    [InlineData("subnet-xyz", null)]
    [InlineData("subnet-ABCDEF12", null)]
    [InlineData("subnet-0123456789abcdef01", null)]
    [InlineData("sg-1", null)]
    [InlineData("subnet-1\n", null)]
    [InlineData("", null)]
    public void Where_none_are_listed_a_well_formed_subnet_is_in_the_zone_of_its_last_digit(string id, string? zone) =>
        Assert.Equal(zone, Sample.Network().FindSubnet(id)?.AvailabilityZone);

    [Fact]
    public void Where_none_are_listed_a_well_formed_group_is_in_the_VPC_that_asks()
    {
        var group = Sample.Network().FindSecurityGroup("sg-0a1b2c3d", "vpc-7")!;

        Assert.Equal(("sg-0a1b2c3d", "vpc-7", null), (group.Name, group.VpcId, group.Ingress));
        Assert.Null(Sample.Network().FindSecurityGroup("web", "vpc-7"));
    }

    [Fact]
    public void An_account_has_a_default_VPC_with_a_subnet_in_each_zone_and_the_same_one_always()
    {
        var network = Sample.Network();

        Assert.Equal(3, network.Subnets.Count(subnet => subnet.VpcId == network.DefaultVpc!.VpcId));
        Assert.Equal("172.31.16.0/20", network.DefaultSubnet("us-east-1b")!.Cidr);
        Assert.Equal(network.DefaultSubnet("us-east-1b"), Sample.Network().DefaultSubnet("us-east-1b"));
        Assert.Matches("^vpc-[0-9a-f]{17}$", network.DefaultVpc!.VpcId);
        Assert.NotEqual(network.DefaultVpc.VpcId, network.UnlistedVpcId);
    }

    [Fact]
    public void What_is_listed_is_all_there_is_in_its_region()
    {
        var network = Sample.Network(Parse(Listed));

        Assert.Equal(["vpc-1", "vpc-2"], network.Vpcs.Select(vpc => vpc.VpcId));
        Assert.Equal(["subnet-1", "subnet-2", "subnet-3"], network.Subnets.Select(subnet => subnet.SubnetId));
        Assert.Equal("subnet-1", network.DefaultSubnet("us-east-1a")!.SubnetId);
        Assert.Null(network.DefaultSubnet("us-east-1b"));
        Assert.Null(network.FindSubnet("subnet-9"));
        Assert.Null(network.FindSecurityGroup("sg-9", "vpc-1"));
        Assert.Equal("sg-2", network.DefaultGroup("vpc-2").GroupId);
        Assert.Equal("default", network.DefaultGroup("vpc-1").Name);
        Assert.Equal("web", network.FindSecurityGroup("sg-1", "vpc-2")!.Name);
    }

    [Fact]
    public void A_VPC_that_only_a_subnet_names_is_known_and_the_default_one_stays_beside_it()
    {
        var network = Sample.Network(Parse("""{ "subnets": { "subnet-1": { "zone": "us-east-1a", "vpc": "vpc-7" } } }"""));

        Assert.True(network.FindVpc("vpc-7")!.HasInternetGateway);
        Assert.NotNull(network.DefaultSubnet("us-east-1a"));
        Assert.Null(network.FindSubnet("subnet-2"));
    }

    [Theory]
    [InlineData("{\"subnets\":[]}", "inventory.json: 'subnets' must be a JSON object whose members are ids.")]
    [InlineData("{\"instances\":{\"i-1\":\"10.0.0.1\"},\"i-1\":\"10.0.0.2\"}", "inventory.json: 'i-1' is listed twice.")]
    [InlineData("{\"vpcs\":{\"web\":{}}}", "inventory.json: 'web' is not an id; one here is vpc- and up to 17 digits, 0-9 and a-f.")]
    [InlineData(
        "{\"vpcs\":{\"vpc-1\":{\"default\":true},\"vpc-2\":{\"default\":true}}}", "inventory.json: more than one VPC is the default.")]
    [InlineData("{\"vpcs\":{\"vpc-1\":{\"default\":1}}}", "inventory.json: 'default' of 'vpc-1' must be true or false.")]
    [InlineData("{\"subnets\":{\"subnet-1\":{\"zone\":\"us-east-1a\"}}}", "inventory.json: 'subnet-1' needs both a zone and a vpc.")]
    [InlineData(
        "{\"vpcs\":{\"vpc-1\":{\"cidr\":\"10.0.0.1\"}}}",
        "inventory.json: 'vpc-1' names a network that is none; one is written as 10.0.0.0/8.")]
    [InlineData(
        "{\"securityGroups\":{\"sg-1\":{\"vpc\":\"vpc-1\",\"ingress\":[{\"ports\":80,\"sources\":[\"sg-2\"]}]}}}",
        "inventory.json: 'sg-1' names a network that is none; one is written as 10.0.0.0/8 or fd00::/8.")]
    [InlineData(
        "{\"securityGroups\":{\"sg-1\":{\"vpc\":\"vpc-1\",\"ingress\":[{\"ports\":\"90-80\",\"sources\":[\"0.0.0.0/0\"]}]}}}",
        "inventory.json: the ports of an ingress rule of 'sg-1' must be one port or two with a hyphen, such as 80 or \"8000-8100\".")]
    [InlineData(
        "{\"securityGroups\":{\"sg-1\":{\"vpc\":\"vpc-1\",\"ingress\":[{\"ports\":80}]}}}",
        "inventory.json: an ingress rule of 'sg-1' needs sources; leave the rule out to let nobody in.")]
    [InlineData(
        "{\"securityGroups\":{\"sg-1\":{\"vpc\":\"vpc-1\",\"name\":\"a\"},\"sg-2\":{\"vpc\":\"vpc-1\",\"name\":\"a\"}}}",
        "inventory.json: 'sg-1' and 'sg-2' have one name in one VPC.")]
    [InlineData(
        "{\"subnets\":{\"subnet-1\":{\"public\":true}}}",
        "inventory.json: 'subnet-1' has a member 'public', which means nothing here; known are zone, vpc, cidr and tags.")]
    public void What_is_wrong_in_a_section_is_told_with_its_place(string json, string message) =>
        Assert.Equal(message, Assert.Throws<InventoryFileException>(() => Parse(json)).Message);

    [Theory]
    [InlineData("us-east-1", "use1-az2")]
    [InlineData("ap-southeast-2", "apse2-az2")]
    [InlineData("eu-central-1", "euc1-az2")]
    [InlineData("us-gov-west-1", "usgw1-az2")]
    [InlineData("cn-northwest-1", "cnnw1-az2")]
    [InlineData("rack", "rack-az2")]
    public void A_zone_has_an_id_made_of_its_region_and_its_number(string region, string id)
    {
        var network = new Network(Sample.Account, region, [$"{region}a", $"{region}b"], InventoryContent.Empty);

        Assert.Equal(id, network.ZoneId($"{region}b"));
        Assert.Null(network.ZoneId("elsewhere"));
    }

    internal static InventoryContent Parse(string json) => InventoryFile.Parse(Encoding.UTF8.GetBytes(json), "inventory.json");
}
