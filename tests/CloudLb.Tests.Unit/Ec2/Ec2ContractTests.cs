using System.Net;
using System.Text;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;
using CloudLb.Core.Inventory;
using CloudLb.Ec2;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Operations;
using CloudLb.Elb.Domain;
using CloudLb.Tests.Unit.Inventory;
using CloudLb.Tests.Unit.LoadBalancers;
using Filter = CloudLb.Ec2.Contracts.Filter;

namespace CloudLb.Tests.Unit.Ec2;

/// <summary>From the form that a client sends to the XML that it gets, without the socket.</summary>
public sealed class Ec2ContractTests : IDisposable
{
    private static readonly Caller Caller = new()
    {
        Account = "123456789012",
        AccessKeyId = "AKIDEXAMPLE",
        Arn = "arn",
        UserId = "id",
        Region = "us-east-1",
    };

    private readonly MemoryResources _store = new();
    private readonly FileInventory _file = new();
    private readonly AccountNetworks _networks;

    public Ec2ContractTests() => _networks = new(new(_file.Inventory, new Zones()), _store);

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task An_answer_has_its_request_id_and_its_items_directly_in_its_root()
    {
        var xml = await AnswerAsync(
            Ec2Contract.DescribeVpcs, new DescribeVpcs(_networks), new() { Filters = [Filter("is-default", "true")] });

        var vpc = Sample.Network().DefaultVpc!.VpcId;
        var association = NetworkId.Of("vpc-cidr-assoc-", new(Caller.Account), Caller.Region, vpc);
        Assert.Equal(
            "<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>1</requestId><vpcSet><item>" +
            $"<vpcId>{vpc}</vpcId><ownerId>123456789012</ownerId><state>available</state><dhcpOptionsId>default</dhcpOptionsId>" +
            $"<cidrBlock>172.31.0.0/16</cidrBlock><cidrBlockAssociationSet><item><associationId>{association}</associationId>" +
            "<cidrBlock>172.31.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item></" +
            "cidrBlockAssociationSet><instanceTenancy>default</instanceTenancy><isDefault>true</isDefault><tagSet/></item></vpcSet>" +
            "</DescribeVpcsResponse>\n",
            xml);
    }

    [Fact]
    public void An_error_is_of_the_form_that_EC2_has()
    {
        using var buffer = new Utf8Buffer(256);
        ErrorDocument.Write(buffer, Ec2Contract.Service, new("InvalidVpcID.NotFound", 400, "<no>"), "1");
        var xml = Encoding.UTF8.GetString(buffer.Span);

        Assert.Equal(
            "<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>&lt;no&gt;</Message></Error></Errors><RequestID>1</" +
            "RequestID></Response>\n",
            xml);
        Assert.Equal(new("InvalidVpcID.NotFound", "<no>", "1"), ErrorResponse.Read(xml));
    }

    [Theory]
    [InlineData("subnet-1", null)]
    [InlineData(null, "us-east-1a")]
    public async Task The_source_security_group_of_any_load_balancer_is_found_once_by_its_name_its_VPC_and_its_owner(
        string? subnet, string? zone)
    {
        var network = Sample.Network();
        var unplaced = Sample.LoadBalancer() with { AvailabilityZones = [] };
        var web = subnet is null ? unplaced.InDefaultVpc([zone!], network) : unplaced.InVpc([network.FindSubnet(subnet)!], network);
        foreach (var one in new[] { web, web.WithSecurityGroups([network.FindSecurityGroup("sg-0a1", web.VpcId!)!]) })
        {
            _store.Keep(one);
            var name = network.FindSecurityGroup(one.SecurityGroups[0], one.VpcId!)!.Name;
            var answer = await ReadAsync(
                Ec2Contract.DescribeSecurityGroups,
                new DescribeSecurityGroups(_networks),
                new() { Filters = [Filter("group-name", name), Filter("vpc-id", one.VpcId!), Filter("owner-id", "123456789012")] });

            Assert.Equal(one.SecurityGroups[0], Assert.Single(answer.SecurityGroups!).GroupId);
        }
    }

    [Fact]
    public async Task A_load_balancer_has_an_interface_in_each_subnet_while_it_lives()
    {
        var network = Sample.Network();
        _store.Keep((Sample.LoadBalancer() with { AvailabilityZones = [] }).InDefaultVpc(["us-east-1a", "us-east-1b"], network));
        var asked = new DescribeNetworkInterfacesRequest
        {
            Filters = [Filter("attachment.instance-owner-id", "amazon-elb"), Filter("description", "ELB web")],
        };

        var alive = await ReadAsync(Ec2Contract.DescribeNetworkInterfaces, new DescribeNetworkInterfaces(_networks), asked);
        await _store.DeleteAsync(Sample.Key(), TestContext.Current.CancellationToken);
        var deleted = await ReadAsync(Ec2Contract.DescribeNetworkInterfaces, new DescribeNetworkInterfaces(_networks), asked);

        Assert.Equal(["us-east-1a", "us-east-1b"], alive.NetworkInterfaces!.Select(one => one.AvailabilityZone).Order());
        Assert.Empty(deleted.NetworkInterfaces!);
    }

    [Fact]
    public async Task Instances_are_those_that_the_inventory_lists_in_the_region()
    {
        await _file.WriteAsync("""
            {
              "i-1": { "address": "10.0.0.1", "zone": "us-east-1a" },
              "instances": { "i-2": "fd00::2", "i-3": { "address": "10.0.0.3", "zone": "eu-west-1a" } }
            }
            """);
        var answer = await ReadAsync(Ec2Contract.DescribeInstances, new DescribeInstances(_file.Inventory, new Zones()), new());
        var instances = answer.Reservations!.SelectMany(reservation => reservation.Instances!).ToList();

        Assert.Equal(
            [("i-1", "10.0.0.1", "us-east-1a"), ("i-2", null, null)],
            instances.Select(one => (one.InstanceId, one.PrivateIpAddress, one.Placement!.AvailabilityZone)));
        Assert.Equal("fd00::2", instances[1].Ipv6Address);
    }

    [Fact]
    public async Task What_Terraform_asks_of_a_VPC_beside_itself_is_answered()
    {
        await _file.WriteAsync("""
            { "vpcs": { "vpc-1": { "cidr": "10.0.0.0/16", "tags": { "Name": "main" } }, "vpc-2": { "internetGateway": false } } }
            """);
        var attributes = new DescribeVpcAttribute(_networks);
        var support = await ReadAsync(
            Ec2Contract.DescribeVpcAttribute, attributes, new() { VpcId = "vpc-1", Attribute = "enableDnsSupport" });
        var hostnames = await ReadAsync(
            Ec2Contract.DescribeVpcAttribute, attributes, new() { VpcId = "vpc-1", Attribute = "enableDnsHostnames" });
        var metrics = await ReadAsync(
            Ec2Contract.DescribeVpcAttribute, attributes, new() { VpcId = "vpc-1", Attribute = "enableNetworkAddressUsageMetrics" });
        var tables = await ReadAsync(
            Ec2Contract.DescribeRouteTables, new DescribeRouteTables(_networks),
            new() { Filters = [Filter("association.main", "true"), Filter("vpc-id", "vpc-1")] });
        var vpcs = await ReadAsync(Ec2Contract.DescribeVpcs, new DescribeVpcs(_networks), new() { Filters = [Filter("tag:Name", "main")] });

        Assert.Equal(
            (true, false, false),
            (support.EnableDnsSupport!.Value, hostnames.EnableDnsHostnames!.Value, metrics.EnableNetworkAddressUsageMetrics!.Value));
        var table = Assert.Single(tables.RouteTables!);
        Assert.True(Assert.Single(table.Associations!).Main);
        Assert.Equal(
            [("10.0.0.0/16", "local"), ("0.0.0.0/0", "igw")],
            table.Routes!.Select(one => (one.DestinationCidrBlock, one.GatewayId!.Split('-')[0])));
        Assert.Equal("vpc-1", Assert.Single(vpcs.Vpcs!).VpcId);
        await RefusedAsync(
            "InvalidVpcID.NotFound", "The vpc ID 'vpc-9' does not exist", new() { VpcId = "vpc-9", Attribute = "enableDnsSupport" });
        await RefusedAsync(
            "MissingParameter", "The request must contain the parameter attribute", new() { VpcId = "vpc-1", Attribute = null });
        await RefusedAsync(
            "InvalidParameterValue", "Value (dns) for parameter attribute is invalid. Unknown attribute.",
            new() { VpcId = "vpc-1", Attribute = "dns" });
    }

    [Fact]
    public async Task Instances_have_types_that_can_be_asked_for_and_tags_that_find_them()
    {
        await _file.WriteAsync(
            """{ "i-1": { "address": "10.0.0.1", "type": "t3.micro", "tags": { "Name": "web" } }, "i-2": "10.0.0.2" }""");
        var types = new DescribeInstanceTypes(_file.Inventory);
        var instances = await ReadAsync(Ec2Contract.DescribeInstances, new DescribeInstances(_file.Inventory, new Zones()), new());
        var tagged = await ReadAsync(
            Ec2Contract.DescribeInstances, new DescribeInstances(_file.Inventory, new Zones()),
            new() { Filters = [Filter("tag:Name", "w*")] });
        var all = await ReadAsync(Ec2Contract.DescribeInstanceTypes, types, new());
        var attribute = await ReadAsync(
            Ec2Contract.DescribeInstanceAttribute, new DescribeInstanceAttribute(_file.Inventory),
            new() { InstanceId = "i-1", Attribute = "disableApiStop" });
        var refusal = await Assert.ThrowsAsync<WireException>(
            () => ReadAsync(Ec2Contract.DescribeInstanceTypes, types, new() { InstanceTypes = ["x9.huge"] }));

        Assert.Equal(["t3.micro", "m1.small"], instances.Reservations!.Select(one => one.Instances!.Single().InstanceType));
        var found = tagged.Reservations!.Single().Instances!.Single();
        Assert.Equal(("i-1", "web"), (found.InstanceId, found.Tags!.Single().Value));
        Assert.False(attribute.DisableApiStop!.Value);
        Assert.Equal(["m1.small", "t3.micro"], all.InstanceTypes!.Select(type => type.InstanceType));
        Assert.Equal("The following supplied instance types do not exist: [x9.huge]", refusal.Error.Message);
    }

    [Fact]
    public async Task Zones_are_found_by_their_ids_and_subnets_by_their_tags()
    {
        await _file.WriteAsync("""
            { "subnets": {
              "subnet-1": { "zone": "us-east-1b", "vpc": "vpc-1", "cidr": "10.0.1.0/24", "tags": { "tier": "web" } },
              "subnet-2": { "zone": "us-east-1a", "vpc": "vpc-1" } } }
            """);
        var zones = await ReadAsync(
            Ec2Contract.DescribeAvailabilityZones, new DescribeAvailabilityZones(_networks), new() { ZoneIds = ["use1-az2"] });
        var subnets = await ReadAsync(
            Ec2Contract.DescribeSubnets, new DescribeSubnets(_networks), new() { Filters = [Filter("tag:tier", "web")] });
        var refusal = await Assert.ThrowsAsync<WireException>(
            () => ReadAsync(
                Ec2Contract.DescribeAvailabilityZones, new DescribeAvailabilityZones(_networks), new() { ZoneIds = ["euw1-az1"] }));

        Assert.Equal("us-east-1b", Assert.Single(zones.AvailabilityZones!).ZoneName);
        var subnet = Assert.Single(subnets.Subnets!);
        Assert.Equal(("subnet-1", "use1-az2", 251), (subnet.SubnetId, subnet.AvailabilityZoneId, subnet.AvailableIpAddressCount));
        Assert.Equal(("InvalidParameterValue", "Invalid availability zone-id: [euw1-az1]"), (refusal.Error.Code, refusal.Error.Message));
    }

    [Fact]
    public async Task The_rules_of_a_group_are_shown_as_EC2_shows_them()
    {
        await _file.WriteAsync("""
            { "securityGroups": { "sg-1": { "name": "web", "vpc": "vpc-1", "ingress": [
              { "ports": "80-81", "sources": ["10.0.0.0/8", "::/0"] }, { "protocol": "all", "sources": ["0.0.0.0/0"] } ] } } }
            """);
        var answer = await ReadAsync(
            Ec2Contract.DescribeSecurityGroups, new DescribeSecurityGroups(_networks), new() { GroupIds = ["sg-1"] });
        var rules = Assert.Single(answer.SecurityGroups!).IpPermissions!;

        Assert.Equal(
            ("tcp", 80, 81, "10.0.0.0/8", "::/0"),
            (rules[0].IpProtocol, rules[0].FromPort, rules[0].ToPort, rules[0].IpRanges![0].CidrIp, rules[0].Ipv6Ranges![0].CidrIpv6));
        Assert.Equal(("-1", null, null), (rules[1].IpProtocol, rules[1].FromPort, rules[1].ToPort));
    }

    private async Task RefusedAsync(string code, string message, DescribeVpcAttributeRequest request)
    {
        var refusal = await Assert.ThrowsAsync<WireException>(
            () => ReadAsync(Ec2Contract.DescribeVpcAttribute, new DescribeVpcAttribute(_networks), request));

        Assert.Equal((code, message), (refusal.Error.Code, refusal.Error.Message));
    }

    private static Filter Filter(string name, string value) => new() { Name = name, Values = [value] };

    private static async Task<TResponse> ReadAsync<TRequest, TResponse>(
        OperationContract<TRequest, TResponse> contract, IOperation<TRequest, TResponse> operation, TRequest request)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse> => contract.ReadResponse(await AnswerAsync(contract, operation, request));

    private static async Task<string> AnswerAsync<TRequest, TResponse>(
        OperationContract<TRequest, TResponse> contract, IOperation<TRequest, TResponse> operation, TRequest request)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        var form = contract.WriteRequest(request, Ec2Contract.Service.Version).Split('&')
            .Select(pair => pair.Split('='))
            .Select(pair => KeyValuePair.Create(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair[1])));
        using var answer = await contract.Bind(Ec2Contract.Service, operation)
            .ExecuteAsync(ParameterNode.Root(form, isEc2: true), Caller, WireProtocol.Ec2, "1", TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(answer.Span);
    }

    private sealed class Zones : IRegionZones
    {
        public IReadOnlyList<string> Of(string region) => [$"{region}a", $"{region}b", $"{region}c"];
    }
}
