using CloudLb.Ec2.Contracts;
using CloudLb.Elb.Contracts;
using CloudLb.ElbV2.Contracts;
using CloudLb.Tests.Api.Certificates;

namespace CloudLb.Tests.Api.Endpoints;

/// <summary>One CloudLb whose inventory asks another: the other answers EC2's calls from its inventory file.</summary>
public sealed class InventoryEndpointTests : IAsyncLifetime
{
    private const string Listed = """
        {
          "i-0a": { "address": "127.0.0.1", "zone": "us-east-1b" },
          "vpcs": { "vpc-0a": { "default": true } },
          "subnets": { "subnet-0a": { "zone": "us-east-1a", "vpc": "vpc-0a" }, "subnet-0b": { "zone": "us-east-1b", "vpc": "vpc-0a" } },
          "securityGroups": { "sg-0a": { "name": "web", "vpc": "vpc-0a", "ingress": [ { "ports": 80, "sources": ["10.0.0.0/8"] } ] } }
        }
        """;

    private readonly RestartableServer _ec2 = new();
    private readonly RestartableServer _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await ListAsync(Listed);
        await _ec2.StartAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _ec2.DisposeAsync();
    }

    [Fact]
    public async Task An_instance_that_the_endpoint_knows_is_registered_where_it_is()
    {
        await CreateAsync("web");

        Assert.Equal("i-0a", Assert.Single(await RegisterAsync("web", "i-0a")));
        Assert.Equal(("127.0.0.1", "us-east-1b"), await WhereIsAsync("i-0a"));
        var refusal = await Assert.ThrowsAsync<ServiceRefusal>(() => RegisterAsync("web", "i-0f"));
        Assert.Equal((400, "InvalidInstance"), refusal.Error);
    }

    [Fact]
    public async Task A_new_instance_is_found_and_a_move_is_followed()
    {
        await CreateAsync("web");
        await Assert.ThrowsAsync<ServiceRefusal>(() => RegisterAsync("web", "i-0b"));

        await ListAsync(Listed.Replace("\"vpcs\"", "\"i-0b\": \"127.0.0.2\", \"vpcs\"", StringComparison.Ordinal));
        await UntilAsync(async () => (await RegisterAsync("web", "i-0b")).Contains("i-0b"));
        await ListAsync(Listed.Replace("\"vpcs\"", "\"i-0b\": \"127.0.0.3\", \"vpcs\"", StringComparison.Ordinal));

        await UntilAsync(async () => await WhereIsAsync("i-0b") == ("127.0.0.3", null));
    }

    [Fact]
    public async Task While_the_endpoint_is_away_what_was_known_holds_over_a_restart_and_new_ids_are_told_to_be_tried_again()
    {
        await CreateAsync("web");
        await RegisterAsync("web", "i-0a");
        await UntilAsync(() => Task.FromResult(
            File.Exists(StateFile) && File.ReadAllText(StateFile) is var text && text.Contains("i-0a", StringComparison.Ordinal)));
        await _ec2.StopAsync();
        await _server.StopAsync();
        await StartAsync();

        Assert.Equal(["i-0a"], await RegisterAsync("web", "i-0a"));
        Assert.Equal(("127.0.0.1", "us-east-1b"), await WhereIsAsync("i-0a"));
        await CreateAsync("second", "subnet-0b");
        var instance = await Assert.ThrowsAsync<ServiceRefusal>(() => RegisterAsync("web", "i-0b"));
        var subnet = await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync("third", "subnet-0c"));
        Assert.Equal((503, "ServiceUnavailable"), instance.Error);
        Assert.Equal((503, "ServiceUnavailable"), subnet.Error);
        var described = await Assert.ThrowsAsync<ServiceRefusal>(() => WhereIsAsync("i-0c"));
        Assert.Equal((503, "ServiceUnavailable"), described.Error);

        await ListAsync(Listed.Replace("\"vpcs\"", "\"i-0b\": \"127.0.0.2\", \"vpcs\"", StringComparison.Ordinal));
        await _ec2.StartAsync();
        await UntilAsync(async () => (await RegisterAsync("web", "i-0b")).Contains("i-0b"));
    }

    [Fact]
    public async Task Subnets_and_groups_are_those_of_the_endpoint_and_none_is_taken_at_its_word()
    {
        await CreateAsync("web", "subnet-0a");
        var described = Assert.Single((await _server.CallAsync(
            ElasticLoadBalancingContract.Service, ElasticLoadBalancingContract.DescribeLoadBalancers, new(),
            _server.First)).LoadBalancerDescriptions!);
        var subnet = await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync("second", "subnet-0c"));
        var group = await Assert.ThrowsAsync<ServiceRefusal>(() => ApplyAsync("web", "sg-0f"));

        Assert.Equal(("vpc-0a", "us-east-1a"), (described.VPCId, Assert.Single(described.AvailabilityZones!)));
        Assert.Equal((400, "SubnetNotFound"), subnet.Error);
        Assert.Equal((400, "InvalidSecurityGroup"), group.Error);
        await ApplyAsync("web", "sg-0a");
        var shown = Assert.Single((await _server.CallAsync(
            Ec2Contract.Service, Ec2Contract.DescribeSecurityGroups, new() { GroupIds = ["sg-0a"] }, _server.First)).SecurityGroups!);
        Assert.Equal("10.0.0.0/8", Assert.Single(Assert.Single(shown.IpPermissions!).IpRanges!).CidrIp);
    }

    [Fact]
    public async Task A_subnet_and_a_group_that_were_made_a_moment_ago_are_named_at_once()
    {
        await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync("web", "subnet-0c"));
        for (var number = 1; number <= 3; number++)
        {
            await ListAsync(Listed
                .Replace(
                    "\"subnet-0a\"", $"\"subnet-0d{number}\": {{ \"zone\": \"us-east-1a\", \"vpc\": \"vpc-0a\" }}, \"subnet-0a\"",
                    StringComparison.Ordinal)
                .Replace("\"sg-0a\"", $"\"sg-0d{number}\": {{ \"vpc\": \"vpc-0a\" }}, \"sg-0a\"", StringComparison.Ordinal));

            await CreateAsync($"web-{number}", $"subnet-0d{number}");
            await ApplyAsync($"web-{number}", $"sg-0d{number}");
        }
    }

    [Fact]
    public async Task A_VPC_that_was_made_a_moment_ago_is_named_by_a_target_group_at_once()
    {
        await _server.StopAsync();
        await StartAsync(every: "01:00:00");
        await GroupAsync("first", "vpc-0a");

        await ListAsync(Listed.Replace("\"vpc-0a\":", "\"vpc-0b\": {}, \"vpc-0a\":", StringComparison.Ordinal));
        await UntilAsync(async () => (await _ec2.CallAsync(
            Ec2Contract.Service, Ec2Contract.DescribeVpcs, new() { VpcIds = ["vpc-0b"] }, _ec2.First)).Vpcs!.Count == 1);
        await GroupAsync("second", "vpc-0b");

        var refusal = await Assert.ThrowsAsync<ServiceRefusal>(() => GroupAsync("third", "vpc-0c"));
        Assert.Equal((400, "ValidationError"), refusal.Error);
    }

    [Fact]
    public async Task An_instance_that_the_endpoint_knows_in_another_VPC_is_refused()
    {
        await ListAsync("""
            {
              "vpcs": { "vpc-0a": {}, "vpc-0b": {} },
              "subnets": { "subnet-0a": { "zone": "us-east-1a", "vpc": "vpc-0a" } },
              "instances": { "i-0b": { "address": "127.0.0.8", "vpc": "vpc-0b" } }
            }
            """);
        await UntilAsync(async () =>
        {
            await CreateAsync("web", "subnet-0a");
            return true;
        });
        ServiceRefusal? refusal = null;
        await UntilAsync(async () =>
        {
            refusal = await Assert.ThrowsAsync<ServiceRefusal>(() => RegisterAsync("web", "i-0b"));
            return refusal.Text.Contains("VPC", StringComparison.Ordinal);
        });

        Assert.Equal("EC2 instance i-0b is not in VPC.", refusal!.Text);
    }

    [Fact]
    public async Task The_file_wins_over_the_endpoint()
    {
        await File.WriteAllTextAsync(Path.Combine(_server.Directory.FullName, "inventory.json"), """{ "i-0a": "127.0.0.9" }""", Token);
        await CreateAsync("web");
        await RegisterAsync("web", "i-0a");

        Assert.Equal(("127.0.0.9", null), await WhereIsAsync("i-0a"));
    }

    [Fact]
    public async Task An_endpoint_that_refuses_the_key_is_as_one_that_is_away()
    {
        await _server.StopAsync();
        File.Delete(StateFile);
        await StartAsync(secret: "wrong");

        var refusal = await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync("web"));

        Assert.Equal((503, "ServiceUnavailable"), refusal.Error);
    }

    private string StateFile => Path.Combine(_server.Directory.FullName, "inventory.ec2.json");

    /// <param name="secret">Another one than that of the endpoint's key.</param>
    /// <param name="every">How often the networks are listed anew, whoever asks.</param>
    private ValueTask StartAsync(string? secret = null, string every = "00:00:01") => _server.StartAsync(
        $"--Inventory:Ec2Endpoint={_ec2.Url}", $"--Inventory:Ec2AccessKeyId={_ec2.First.Id}",
        $"--Inventory:Ec2SecretAccessKey={secret ?? _ec2.First.Secret}",
        $"--Inventory:Ec2RefreshInterval={every}");

    private Task ListAsync(string json) => File.WriteAllTextAsync(Path.Combine(_ec2.Directory.FullName, "inventory.json"), json, Token);

    private Task CreateAsync(string name, string? subnet = null) => _server.CallAsync(
        ElasticLoadBalancingContract.Service,
        ElasticLoadBalancingContract.CreateLoadBalancer,
        new()
        {
            LoadBalancerName = name,
            AvailabilityZones = subnet is null ? ["us-east-1a", "us-east-1b"] : null,
            Subnets = subnet is null ? null : [subnet],
            Listeners = [new() { Protocol = "TCP", LoadBalancerPort = 10080, InstancePort = 8080 }],
        },
        _server.First);

    private Task GroupAsync(string name, string vpc) => _server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateTargetGroup,
        new() { Name = name, Protocol = "HTTP", Port = 80, VpcId = vpc }, _server.First);

    private async Task<IReadOnlyList<string?>> RegisterAsync(string name, string id) =>
        [.. (await _server.CallAsync(
            ElasticLoadBalancingContract.Service, ElasticLoadBalancingContract.RegisterInstancesWithLoadBalancer,
            new() { LoadBalancerName = name, Instances = [new() { InstanceId = id }] }, _server.First)).Instances!.Select(
                instance => instance.InstanceId)];

    private Task ApplyAsync(string name, string group) => _server.CallAsync(
        ElasticLoadBalancingContract.Service, ElasticLoadBalancingContract.ApplySecurityGroupsToLoadBalancer,
        new() { LoadBalancerName = name, SecurityGroups = [group] }, _server.First);

    /// <summary>Where the server has an instance, by its own answer to EC2's call.</summary>
    private async Task<(string? Address, string? Zone)> WhereIsAsync(string id)
    {
        var answer = await _server.CallAsync(
            Ec2Contract.Service, Ec2Contract.DescribeInstances, new() { InstanceIds = [id] }, _server.First);
        var instance = answer.Reservations!.Single().Instances!.Single();
        return (instance.PrivateIpAddress, instance.Placement!.AvailabilityZone);
    }

    /// <summary>Waits until it is so; a refusal means not yet.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (ServiceRefusal refusal) when (!patience.IsCancellationRequested)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(refusal.Message);
            }

            await Task.Delay(50, patience.Token);
        }
    }
}
