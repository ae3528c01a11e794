using System.Net;
using CloudLb.Core.Inventory;
using CloudLb.Ec2.Endpoint;

namespace CloudLb.Tests.Unit.Ec2.Endpoint;

/// <summary>The client of an EC2 endpoint, over HTTP.</summary>
public sealed class Ec2EndpointTests : IAsyncLifetime
{
    private CannedEc2 _ec2 = null!;
    private Ec2Endpoint _endpoint = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ec2 = await CannedEc2.StartAsync();
        _endpoint = new(_ec2.Options, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _endpoint.Dispose();
        await _ec2.DisposeAsync();
    }

    [Fact]
    public async Task Instances_are_asked_for_by_a_filter_and_read_page_by_page()
    {
        _ec2.Answer = form => (200, form["NextToken"] == "more"
            ? Ec2Documents.Instances(Ec2Documents.Instance("i-2", null, "terminated", 48))
            : Ec2Documents.Instances(Ec2Documents.Instance("i-1", "192.168.1.88"), "more"));

        var found = await _endpoint.FindAsync(["i-1", "i-2", "i-3"], Token);

        Assert.Equal(
            [
                new("i-1", IPAddress.Parse("192.168.1.88"), "us-east-1c", "vpc-11112222", "t2.micro", [new("Name", "Server_1")]),
                new("i-2", null, "us-east-1c"),
            ],
            found);
        Assert.Equal(2, _ec2.Asked.Count);
        var asked = _ec2.Asked.First();
        Assert.Equal(
            ("DescribeInstances", "2016-11-15", "instance-id"),
            ((string?)asked["Action"], (string?)asked["Version"], (string?)asked["Filter.1.Name"]));
        Assert.Equal(["i-1", "i-2", "i-3"], Enumerable.Range(1, 3).Select(number => (string?)asked[$"Filter.1.Value.{number}"]));
    }

    [Theory]
    [InlineData("i-1\nserver x", "10.0.0.1")]
    [InlineData("i-1", "10.0.0.1 check")]
    [InlineData("i-1", "0.0.0.0")]
    [InlineData("i-1", "web.example")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("i-1", null)]
    public async Task What_is_no_instance_at_an_address_is_left_out(string id, string? address)
    {
        _ec2.Answer = _ => (200, Ec2Documents.Instances(Ec2Documents.Instance(id, address)));

        Assert.Empty(await _endpoint.FindAsync(["i-1"], Token));
    }

    [Fact]
    public async Task Networks_are_read_as_EC2_writes_them_and_what_is_ill_formed_is_left_out()
    {
        _ec2.Answer = form => (200, (string?)form["Action"] switch
        {
            "DescribeAvailabilityZones" => Ec2Documents.Zones,
            "DescribeVpcs" => Ec2Documents.Vpcs,
            "DescribeSubnets" => Ec2Documents.Subnets,
            _ => Ec2Documents.SecurityGroups,
        });

        var networks = await _endpoint.ListAsync(Token);

        Assert.Equal(["us-east-1a", "us-east-1c"], networks.Zones);
        Assert.Equal([new("us-east-1c", "use1-az1")], networks.ZoneIds);
        Assert.Equal([new() { VpcId = "vpc-1a2b3c4d", Cidr = "10.0.0.0/23", IsDefault = true }, new() { VpcId = "vpc-2" }], networks.Vpcs);
        Assert.Equal(
            [new() { SubnetId = "subnet-9d4a7b6c", VpcId = "vpc-1a2b3c4d", AvailabilityZone = "us-east-1a", Cidr = "10.0.1.0/24" }],
            networks.Subnets);
        Assert.Equal(
            [
                new()
                {
                    GroupId = "sg-1a2b3c4d",
                    Name = "WebServers",
                    VpcId = "vpc-1a2b3c4d",
                    Description = "Web Servers",
                    Ingress = [new() { Protocol = "tcp", FromPort = 80, ToPort = 80, Sources = ["0.0.0.0/0", "fd00::/8"] }],
                },
            ],
            networks.SecurityGroups);
    }

    [Theory]
    [InlineData(
        403, "<Response><Errors><Error><Code>AuthFailure</Code><Message>no\nno</Message></Error></Errors></Response>",
        "with 403 AuthFailure.")]
    [InlineData(503, "Service Unavailable", "with 503.")]
    [InlineData(400, "<Response><Errors><Error><Code>a\nb</Code></Error></Errors></Response>", "with 400.")]
    [InlineData(302, "", "with 302.")]
    [InlineData(200, "<html>", "cannot be read")]
    [InlineData(200, """<!DOCTYPE a [<!ENTITY b "c">]><R>&b;</R>""", "cannot be read")]
    public async Task What_is_no_answer_is_told_in_a_sentence_of_our_own(int status, string body, string words)
    {
        _ec2.Answer = _ => (status, body);

        var fault = await Assert.ThrowsAsync<InventoryEndpointException>(() => _endpoint.FindAsync(["i-1"], Token));

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public async Task An_endpoint_that_never_comes_to_an_end_is_not_listened_to_for_ever()
    {
        _ec2.Answer = _ => (200, Ec2Documents.Instances("", "more"));

        await Assert.ThrowsAsync<InventoryEndpointException>(() => _endpoint.FindAsync(["i-1"], Token));
        Assert.Equal(100, _ec2.Asked.Count);
    }

    [Fact]
    public async Task One_that_is_not_there_is_told_so()
    {
        await _ec2.DisposeAsync();

        var fault = await Assert.ThrowsAsync<InventoryEndpointException>(() => _endpoint.FindAsync(["i-1"], Token));

        Assert.Equal("It cannot be reached (ConnectionError).", fault.Message);
    }
}
