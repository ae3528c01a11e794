using System.Net;
using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Health;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;
using CloudLb.Elb.Planning;
using CloudLb.Tests.Unit.Health;
using Sample = CloudLb.Tests.Unit.LoadBalancers.Sample;

namespace CloudLb.Tests.Unit.Ec2.Endpoint;

/// <summary>What is kept of an endpoint's answers, and when it is asked.</summary>
public sealed class EndpointInventoryTests : IAsyncLifetime
{
    private InventoryRig _rig = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = await InventoryRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Those_who_want_one_id_at_once_ask_once()
    {
        var (endpoint, inventory) = _rig.Make();
        var gate = new TaskCompletionSource();
        _rig.Ec2.Gate = gate.Task;
        _rig.Ec2.Answer = _ => (200, Ec2Documents.Instances(Ec2Documents.Instance("i-1", "10.0.0.1")));

        var asking = Enumerable.Range(0, 20).Select(_ => inventory.FindAsync("i-1", Token).AsTask()).ToList();
        gate.SetResult();
        var found = await Task.WhenAll(asking);

        Assert.All(
            found,
            one =>
                Assert.Equal(
                    new("i-1", IPAddress.Parse("10.0.0.1"), "us-east-1c", "vpc-11112222", null, "t2.micro", [new("Name", "Server_1")]),
                    one));
        Assert.Equal(1, _rig.Ec2.CountOf("DescribeInstances"));
        Assert.Equal(found[0], inventory.Known("i-1"));
        Assert.Equal(1, endpoint.Version);
    }

    [Fact]
    public async Task Many_ids_go_into_one_question()
    {
        var (_, inventory) = _rig.Make();
        _rig.Ec2.Answer = _ =>
            (
                200,
                Ec2Documents.Instances(
                    string.Concat(Enumerable.Range(0, 50).Select(number => Ec2Documents.Instance($"i-{number}", "10.0.0.1")))));

        await inventory.LookUpAsync([.. Enumerable.Range(0, 50).Select(number => $"i-{number}"), "web.local", "10.0.0.7", "i-xyz"], Token);

        Assert.Single(_rig.Ec2.Asked);
        Assert.All(Enumerable.Range(0, 50), number => Assert.NotNull(inventory.Known($"i-{number}")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task That_an_id_is_not_there_holds_for_a_moment_only_whatever_the_clock_does(int hours)
    {
        var (_, inventory) = _rig.Make();
        Assert.Null(await inventory.FindAsync("i-1", Token));
        _rig.Clock.Jumped = TimeSpan.FromHours(hours);
        Assert.Null(await inventory.FindAsync("i-1", Token));
        Assert.Single(_rig.Ec2.Asked);

        _rig.Ec2.Answer = _ => (200, Ec2Documents.Instances(Ec2Documents.Instance("i-1", "10.0.0.1")));
        _rig.Clock.Now += TimeSpan.FromSeconds(3);

        Assert.NotNull(await inventory.FindAsync("i-1", Token));
    }

    [Fact]
    public async Task While_the_endpoint_is_away_what_is_known_stays_and_what_is_not_is_an_error_that_clients_try_again()
    {
        var (_, inventory) = _rig.Make();
        _rig.Ec2.Answer = _ => (200, Ec2Documents.Instances(Ec2Documents.Instance("i-1", "10.0.0.1")));
        await inventory.FindAsync("i-1", Token);
        _rig.Ec2.Answer = _ => (500, "");

        var refusal = await Assert.ThrowsAsync<ServiceException>(() => inventory.FindAsync("i-2", Token).AsTask());

        Assert.Equal(("ServiceUnavailable", 503), (refusal.Code, refusal.HttpStatus));
        Assert.Equal(IPAddress.Parse("10.0.0.1"), (await inventory.FindAsync("i-1", Token))!.Address);
    }

    [Fact]
    public async Task A_question_that_takes_too_long_is_given_up()
    {
        var (_, inventory) = _rig.Make(timeout: TimeSpan.FromMilliseconds(200));
        _rig.Ec2.Gate = new TaskCompletionSource().Task;

        await Assert.ThrowsAsync<ServiceException>(() => inventory.FindAsync("i-1", Token).AsTask());
    }

    [Fact]
    public async Task The_file_wins()
    {
        await File.WriteAllTextAsync(_rig.InventoryFile, """{ "i-1": "10.9.9.9" }""", Token);
        var (_, inventory) = _rig.Make();
        _rig.Ec2.Answer = _ => (200, Ec2Documents.Instances(Ec2Documents.Instance("i-1", "10.0.0.1")));

        Assert.Equal(IPAddress.Parse("10.9.9.9"), (await inventory.FindAsync("i-1", Token))!.Address);
        Assert.Empty(_rig.Ec2.Asked);
    }

    [Fact]
    public async Task A_terminated_instance_cannot_be_registered_and_gets_no_traffic()
    {
        var (_, inventory) = _rig.Make();
        _rig.Store.Keep(Sample.LoadBalancer().WithInstances([Sample.Instance("i-1"), Sample.Instance("i-2", "10.0.0.2")], Sample.Quotas));
        var answer = Ec2Documents.Instances(
            Ec2Documents.Instance("i-1", null, "terminated", 48) + Ec2Documents.Instance("i-2", "10.0.0.2"));
        _rig.Ec2.Answer = _ => (200, answer.Replace("us-east-1c", "us-east-1a", StringComparison.Ordinal));
        await inventory.LookUpAsync(["i-1", "i-2"], Token);

        var planned = new ClassicPlanSource(_rig.Store, inventory).Plan().Single();
        var health = new HealthReader(new SameHealth(ObservedHealth.Passing), inventory);

        Assert.Null(await inventory.FindAsync("i-1", Token));
        Assert.Equal(["i-2"], planned.Pools.Single().Members.Select(member => member.Target));
        Assert.Equal("Instance is in terminated state.", health.Read(_rig.Store.Current.LoadBalancers.All.Single(), "i-1").Description);
        Assert.Equal(InstanceHealth.InService, health.Read(_rig.Store.Current.LoadBalancers.All.Single(), "i-2"));
    }

    [Fact]
    public async Task What_was_known_is_there_after_a_restart_though_the_endpoint_is_away()
    {
        _rig.Store.Keep(Sample.LoadBalancer().WithInstances([Sample.Instance("i-1")], Sample.Quotas));
        _rig.Ec2.Answer = form => (200, (string?)form["Action"] switch
        {
            "DescribeAvailabilityZones" => Ec2Documents.Zones,
            "DescribeSubnets" => Ec2Documents.Subnets,
            "DescribeSecurityGroups" => Ec2Documents.SecurityGroups,
            "DescribeVpcs" => Ec2Documents.Vpcs,
            _ => Ec2Documents.Instances(Ec2Documents.Instance("i-1", "10.0.0.77")),
        });
        var (first, firstInventory) = _rig.Make();
        await first.StartAsync(Token);
        while (!File.Exists(_rig.KeptFile))
        {
            await Task.Delay(10, Token);
        }

        await first.StopAsync(Token);
        await _rig.Ec2.DisposeAsync();
        var (second, inventory) = _rig.Make();
        second.ReadAtStart();

        Assert.Equal(
            new("i-1", IPAddress.Parse("10.0.0.77"), "us-east-1c", "vpc-11112222", null, "t2.micro", [new("Name", "Server_1")]),
            inventory.Known("i-1"));
        Assert.Equal(["us-east-1a", "us-east-1c"], second.Zones);
        Assert.Equal(firstInventory.Listed.Subnets.Values, inventory.Listed.Subnets.Values);
        Assert.Equal(firstInventory.Listed.SecurityGroups.Values, inventory.Listed.SecurityGroups.Values);
        await inventory.LookUpNetworksAsync("us-east-1", ["subnet-9d4a7b6c", "sg-1a2b3c4d"], Token);
        await inventory.LookUpNetworksAsync("us-east-1", ["subnet-malformed", "sg-"], Token);
        await Assert.ThrowsAsync<ServiceException>(() => inventory.LookUpNetworksAsync("us-east-1", ["subnet-0"], Token).AsTask());
        await inventory.LookUpNetworksAsync("eu-west-1", ["subnet-0"], Token);
    }

    [Fact]
    public async Task What_an_older_CloudLb_kept_is_read()
    {
        await File.WriteAllTextAsync(
            _rig.KeptFile,
            """
            {
              "endpoint": "http://ec2/ us-east-1",
              "instances": [ { "id": "i-1", "address": "10.0.0.77", "zone": "us-east-1c", "isTerminated": false } ],
              "networks": {
                "zones": [ "us-east-1c" ], "vpcs": [], "securityGroups": [],
                "subnets": [ { "subnetId": "subnet-0a", "vpcId": "vpc-1", "availabilityZone": "us-east-1c" } ]
              }
            }
            """,
            Token);
        var (endpoint, inventory) = _rig.Make();

        endpoint.ReadAtStart();

        Assert.Equal(new("i-1", IPAddress.Parse("10.0.0.77"), "us-east-1c"), inventory.Known("i-1"));
        Assert.Equal("subnet-0a", Assert.Single(inventory.Listed.Subnets).Key);
    }

    [Theory]
    [InlineData("{ damaged")]
    [InlineData("""{ "endpoint": "x", "instances": null }""")]
    [InlineData("null")]
    [InlineData(
        """{ "endpoint": "http://other/ us-east-1", "instances": [ { "id": "i-1", "address": "10.0.0.1", "isTerminated": false } ] }""")]
    public async Task A_file_that_cannot_be_used_is_as_none(string text)
    {
        await File.WriteAllTextAsync(_rig.KeptFile, text, Token);
        var (endpoint, inventory) = _rig.Make();

        endpoint.ReadAtStart();

        Assert.Null(inventory.Known("i-1"));
        Assert.Null(endpoint.Zones);
    }

    [Fact]
    public async Task A_subnet_younger_than_the_last_listing_is_asked_for_at_once_and_one_that_was_not_there_not_again()
    {
        var (_, inventory) = _rig.Make();
        await inventory.LookUpNetworksAsync("us-east-1", ["subnet-9d4a7b6c", "vpc-0"], Token);
        Assert.Null(Sample.Network(inventory.Listed).FindSubnet("subnet-9d4a7b6c"));
        _rig.Ec2.Answer = form =>
            form["Action"] == "DescribeSubnets" ? (200, Ec2Documents.Subnets.Replace("9d4a7b6c", "0a", StringComparison.Ordinal)) : null;

        await inventory.LookUpNetworksAsync("us-east-1", ["subnet-0a"], Token);
        await inventory.LookUpNetworksAsync("us-east-1", ["subnet-0a", "subnet-9d4a7b6c", "vpc-0"], Token);

        Assert.NotNull(Sample.Network(inventory.Listed).FindSubnet("subnet-0a"));
        Assert.Equal(2, _rig.Ec2.CountOf("DescribeSubnets"));
        _rig.Clock.Now += TimeSpan.FromSeconds(3);
        await inventory.LookUpNetworksAsync("us-east-1", ["sg-", "vpc-0"], Token);
        Assert.Equal(3, _rig.Ec2.CountOf("DescribeSubnets"));
    }

    [Fact]
    public async Task A_call_does_not_join_a_listing_that_began_before_it()
    {
        var (_, inventory) = _rig.Make();
        var gate = new TaskCompletionSource();
        _rig.Ec2.Gate = gate.Task;
        _rig.Ec2.Answer = form =>
            form["Action"] == "DescribeSubnets" && _rig.Ec2.CountOf("DescribeSubnets") > 1 ? (200, Ec2Documents.Subnets) : null;
        var first = inventory.LookUpNetworksAsync("us-east-1", ["subnet-0"], Token).AsTask();
        await _rig.Ec2.FirstQuestion.WaitAsync(TimeSpan.FromSeconds(60), Token);

        var later = Enumerable.Range(0, 20)
            .Select(_ => inventory.LookUpNetworksAsync("us-east-1", ["subnet-9d4a7b6c"], Token).AsTask())
            .ToList();
        gate.SetResult();
        await Task.WhenAll([first, .. later]);

        Assert.NotNull(Sample.Network(inventory.Listed).FindSubnet("subnet-9d4a7b6c"));
        Assert.Equal(2, _rig.Ec2.CountOf("DescribeSubnets"));
    }

    [Fact]
    public async Task Nothing_is_taken_at_its_word_in_the_endpoint_s_region()
    {
        var (_, inventory) = _rig.Make();
        await inventory.LookUpNetworksAsync("us-east-1", [], Token);

        Assert.Null(Sample.Network(inventory.Listed).FindSubnet("subnet-0a1"));
        Assert.Null(Sample.Network(inventory.Listed).FindSecurityGroup("sg-0a1", "vpc-1"));
        Assert.NotNull(Sample.Network().FindSubnet("subnet-0a1"));
    }
}
