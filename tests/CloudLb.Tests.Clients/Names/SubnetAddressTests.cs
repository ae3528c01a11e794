using System.Net;
using CloudLb.Cli.Control;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Names;

/// <summary>Load balancers that have an address in each of their subnets, and what their names lead to.</summary>
public sealed class SubnetAddressTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clb-subnets-");
    private readonly int _port = Ports.Free(IPAddress.Loopback);
    private readonly string _ofA = Ports.Network(), _ofB = Ports.Network(), _elastic = Ports.Network();
    private Backend _inA = null!, _inB = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Installed.OrSkip(File.Exists("/usr/bin/dig"), "/usr/bin/dig is missing (apt install bind9-dnsutils).");
        _inA = await Backend.StartAsync(Token);
        _inB = await Backend.StartAsync($"{Ports.Network()}.1", _inA.Port, Token);
        await File.WriteAllTextAsync(
            Path.Combine(_directory.FullName, "inventory.json"),
            $$"""
            {
              "i-0a": { "address": "{{_inA.Address}}", "zone": "us-east-1a" },
              "i-0b": { "address": "{{_inB.Address}}", "zone": "us-east-1b" },
              "vpcs": { "vpc-0a": { "default": true } },
              "subnets": {
                "subnet-0a": { "zone": "us-east-1a", "vpc": "vpc-0a" },
                "subnet-0b": { "zone": "us-east-1b", "vpc": "vpc-0a" },
                "subnet-0c": { "zone": "us-east-1c", "vpc": "vpc-0a" }
              }
            }
            """,
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _inA.DisposeAsync();
        await _inB.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Names_have_every_address_in_its_turn_and_none_whose_zone_has_no_healthy_instance_while_another_has()
    {
        await using var server = await StartAsync(hasPools: true);
        var name = await CreateAsync(server);
        var addresses = (await server.StatusAsync("web", Token))!.Addresses!.Select(each => each.Address).ToList();
        Assert.Equal(2, addresses.Count);
        Assert.StartsWith(_ofA, addresses[0], StringComparison.Ordinal);
        Assert.StartsWith(_ofB, addresses[1], StringComparison.Ordinal);
        Assert.Equal($"{addresses[0]}\n", (await server.CommandAsync(Token, "address", "web")).Output);
        Assert.Equal($"{addresses[0]}\n{addresses[1]}\n", (await server.CommandAsync(Token, "address", "web", "--all")).Output);

        await AreAnsweredAsync(name, addresses);
        var firsts = new HashSet<string>();
        await Wait.ForAsync(
            async () =>
            {
                firsts.Add((await DigAsync(name))[0]);
                return firsts;
            },
            seen => seen.Count == 2, Token);
        foreach (var address in addresses)
        {
            await Wait.ForAsync(() => GetAsync(address), seen => seen == _inA.Address || seen == _inB.Address, Token);
        }

        _inB.HealthStatus = 503;
        await AreAnsweredAsync(name, addresses[..1]);
        var told = (await StatesAsync(server))[1];
        Assert.Equal(("us-east-1b", "Unhealthy"), (told.AvailabilityZone, told.State));
        Assert.Equal("No instance in us-east-1b is in service.", told.Reason);
        await Wait.ForAsync(() => GetAsync(addresses[1]), seen => seen == _inA.Address, Token);

        // None is healthy: all are told. One is again: that one alone.
        _inA.HealthStatus = 503;
        await AreAnsweredAsync(name, addresses);
        _inB.HealthStatus = 200;
        await AreAnsweredAsync(name, addresses[1..]);
    }

    [Fact]
    public async Task An_address_comes_with_its_subnet_and_leaves_names_at_once_and_its_listeners_later()
    {
        await using var server = await StartAsync(hasPools: true);
        var api = new ElbApi(server.Url);
        var name = await CreateAsync(server);
        var addresses = (await StatesAsync(server)).Select(each => each.Address).ToList();
        await AreAnsweredAsync(name, addresses);

        await api.CallAsync("Action=DetachLoadBalancerFromSubnets&LoadBalancerName=web&Subnets.member.1=subnet-0a", Token);
        Assert.Equal(addresses[1..], await DigAsync(name));
        await Wait.ForAsync(() => GetAsync(addresses[0]), answer => answer == _inB.Address, Token);
        Assert.Equal(
            [(addresses[1], "Healthy"), (addresses[0], "Leaving")],
            (await StatesAsync(server)).Select(each => (each.Address, each.State)));

        await api.CallAsync("Action=AttachLoadBalancerToSubnets&LoadBalancerName=web&Subnets.member.1=subnet-0a", Token);
        await AreAnsweredAsync(name, addresses);
        Assert.All(await StatesAsync(server), each => Assert.NotEqual("Leaving", each.State));

        // One that is in no pool of a subnet's has an address of the usual pool, and gets its own as soon as it is in one that has.
        var calls = new V2Calls(api);
        var arn = await calls.CallAsync(
            "Action=CreateLoadBalancer&Name=flows&Type=network&Subnets.member.1=subnet-0c", "LoadBalancerArn");
        var flows = (await server.StatusAsync("flows", Token))!;
        Assert.Null(flows.Addresses);
        Assert.Equal([flows.Address], await DigAsync($"us-east-1c.{flows.DnsName}"));
        await calls.CallAsync($"Action=SetSubnets&LoadBalancerArn={arn}&Subnets.member.1=subnet-0c&Subnets.member.2=subnet-0b");
        var ofB = (await server.StatusAsync("flows", Token))!.Addresses!.Single(each => each.AvailabilityZone == "us-east-1b").Address;
        Assert.StartsWith(_ofB, ofB, StringComparison.Ordinal);
        Assert.Equal([ofB], await DigAsync($"us-east-1b.{flows.DnsName}"));
        await AreAnsweredAsync(flows.DnsName, [flows.Address, ofB]);
    }

    [Fact]
    public async Task Load_balancers_that_were_there_before_their_subnets_had_pools_keep_their_address_and_get_further_ones()
    {
        await using var server = await StartAsync(hasPools: false);
        var name = await CreateAsync(server);
        var before = (await server.StatusAsync("web", Token))!;
        Assert.Null(before.Addresses);
        Assert.Equal([before.Address], await DigAsync(name));
        await server.StopAsync(Token);

        foreach (var (setting, value) in Pools)
        {
            server.Set(setting, value);
        }

        await server.StartAgainAsync(Token);
        var states = await Wait.ForAsync(
            () => StatesAsync(server), seen => seen.Count == 3 && seen.All(each => each.State == "Healthy"), Token);
        Assert.Equal((before.Address, null), (states[0].Address, states[0].AvailabilityZone));
        Assert.StartsWith(_ofA, states[1].Address, StringComparison.Ordinal);
        await AreAnsweredAsync(name, [.. states.Select(each => each.Address)]);
        foreach (var state in states)
        {
            await Wait.ForAsync(() => GetAsync(state.Address), seen => seen == _inA.Address || seen == _inB.Address, Token);
        }

        await server.KillAsync(Token);
        await server.StartAgainAsync(Token);
        Assert.Equal(states.Select(each => each.Address), (await StatesAsync(server)).Select(each => each.Address));
        await AreAnsweredAsync(name, [.. states.Select(each => each.Address)]);
    }

    [Fact]
    public async Task Addresses_that_were_asked_for_are_served_told_and_kept_over_a_restart()
    {
        await using var server = await StartAsync(hasPools: true);
        var calls = new V2Calls(new(server.Url));
        var (inner, outer) = ($"{_ofA}.77", $"{_elastic}.5");
        foreach (var (form, address) in new[]
        {
            ("Name=inner&Scheme=internal&SubnetMappings.member.1.SubnetId=subnet-0a" +
                $"&SubnetMappings.member.1.PrivateIPv4Address={inner}", inner),
            ("Name=outer&SubnetMappings.member.1.SubnetId=subnet-0c&SubnetMappings.member.1.AllocationId=eipalloc-1", outer),
        })
        {
            var group = await calls.CallAsync(
                $"Action=CreateTargetGroup&Name={form.Split('&')[0][5..]}&Protocol=TCP&Port={_inA.Port}&TargetType=ip&VpcId=vpc-0a",
                "TargetGroupArn");
            await calls.CallAsync($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={_inA.Address}");
            var arn = await calls.CallAsync($"Action=CreateLoadBalancer&Type=network&{form}", "LoadBalancerArn");
            await calls.CallAsync(
                $"Action=CreateListener&LoadBalancerArn={arn}&Protocol=TCP&Port={Ports.Http}" +
                $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}");
            await Wait.ForAsync(() => GetAsync(address), seen => seen == _inA.Address, Token);
        }

        await server.KillAsync(Token);
        await server.StartAgainAsync(Token);
        Assert.Equal(inner, (await server.StatusAsync("inner", Token))!.Address);
        Assert.Equal(outer, (await server.StatusAsync("outer", Token))!.Address);
        Assert.Equal(inner, await calls.CallAsync("Action=DescribeLoadBalancers&Names.member.1=inner", "PrivateIPv4Address"));
        Assert.Equal(outer, await calls.CallAsync("Action=DescribeLoadBalancers&Names.member.1=outer", "IpAddress"));
        foreach (var address in new[] { inner, outer })
        {
            await Wait.ForAsync(() => GetAsync(address), seen => seen == _inA.Address, Token);
        }
    }

    [Fact]
    public async Task A_network_load_balancer_sends_to_the_zone_of_its_address_unless_its_group_is_balanced_across_zones()
    {
        await using var server = await StartAsync(hasPools: true);
        var calls = new V2Calls(new(server.Url));
        var group = await calls.CallAsync(
            $"Action=CreateTargetGroup&Name=zones&Protocol=TCP&Port={_inA.Port}&VpcId=vpc-0a", "TargetGroupArn");
        var arn = await calls.CallAsync(
            "Action=CreateLoadBalancer&Name=zones&Type=network&Subnets.member.1=subnet-0a&Subnets.member.2=subnet-0b", "LoadBalancerArn");
        await calls.CallAsync(
            $"Action=CreateListener&LoadBalancerArn={arn}&Protocol=TCP&Port={Ports.Http}" +
            $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}");
        var addresses = (await server.StatusAsync("zones", Token))!.Addresses!.Select(each => each.Address).ToList();
        await calls.CallAsync($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id=i-0a");
        await AnswersAsync(addresses[0], _inA.Address);
        await AnswersAsync(addresses[1]);

        await calls.CallAsync($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id=i-0b");
        await AnswersAsync(addresses[1], _inB.Address);
        await AnswersAsync(addresses[0], _inA.Address);
        await calls.CallAsync(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={group}" +
            "&Attributes.member.1.Key=load_balancing.cross_zone.enabled&Attributes.member.1.Value=true");
        await AnswersAsync(addresses[1], _inA.Address, _inB.Address);

        async Task AnswersAsync(string address, params string[] backends) => await Wait.ForAsync(
            async () =>
            {
                var seen = new HashSet<string>();
                for (var request = 0; request < 24; request++)
                {
                    seen.Add(await GetAsync(address));
                }

                return seen.Where(answer => answer == _inA.Address || answer == _inB.Address).Order();
            },
            seen => seen.SequenceEqual(backends.Order()), Token);
    }

    private (string Name, string Value)[] Pools =>
    [
        ("SubnetAddressPools:subnet-0a:0", $"{_ofA}.0/24"), ("SubnetAddressPools:subnet-0b:0", $"{_ofB}.0/24"),
        ($"ElasticAddresses:{Account.First.Id}:eipalloc-1", $"{_elastic}.5"),
    ];

    private Task<CloudLbProcess> StartAsync(bool hasPools) => CloudLbProcess.StartAsync(
        Token,
        [
            ("DnsSuffix", "elb.test"), ("Dns:Listen", $"127.0.0.1:{_port}"),
            ("Inventory:File", Path.Combine(_directory.FullName, "inventory.json")), .. hasPools ? Pools : [],
        ]);

    /// <summary>A Classic load balancer in both subnets with an instance in each, both in service; answers its DNS name.</summary>
    private async Task<string> CreateAsync(CloudLbProcess server)
    {
        var api = new ElbApi(server.Url);
        await api.CallAsync(
            "Action=CreateLoadBalancer&LoadBalancerName=web&Subnets.member.1=subnet-0a&Subnets.member.2=subnet-0b" +
            $"&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort={Ports.Http}" +
            $"&Listeners.member.1.InstancePort={_inA.Port}", Token);
        await api.CallAsync(
            $"Action=ConfigureHealthCheck&LoadBalancerName=web&HealthCheck.Target=HTTP:{_inA.Port}/health&HealthCheck.Interval=5" +
            "&HealthCheck.Timeout=4&HealthCheck.HealthyThreshold=2&HealthCheck.UnhealthyThreshold=2", Token);
        foreach (var id in new[] { "i-0a", "i-0b" })
        {
            await api.RegisterAsync("web", id, Token);
            await Wait.ForAsync(() => api.HealthAsync("web", id, Token), health => health.State == "InService", Token);
        }

        return (await server.StatusAsync("web", Token))!.DnsName;
    }

    private static async Task<IReadOnlyList<AddressStatus>> StatesAsync(CloudLbProcess server) =>
        (await server.StatusAsync("web", Token))?.Addresses ?? [];

    private async Task AreAnsweredAsync(string name, IReadOnlyList<string> addresses) => await Wait.ForAsync(
        () => DigAsync(name), answer => answer.Order().SequenceEqual(addresses.Order()), Token);

    private async Task<IReadOnlyList<string>> DigAsync(string name) =>
    [
        .. (await ChildProcess.RunAsync("dig", ["+short", "+time=5", "+tries=3", "@127.0.0.1", "-p", $"{_port}", name], [], Token))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>The answer of an instance, or the status where it is another than 200.</summary>
    private static async Task<string> GetAsync(string address)
    {
        using var client = new HttpClient();
        try
        {
            using var response = await client.GetAsync(new Uri($"http://{address}:{Ports.Http}/"), Token);
            return response.StatusCode == HttpStatusCode.OK
                ? await response.Content.ReadAsStringAsync(Token)
                : $"{(int)response.StatusCode}";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }
}
