using System.Globalization;
using System.Net;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>What a tenant would point a load balancer at that is none of his instances.</summary>
public sealed class TargetTests
{
    private static readonly (string Name, string Value) NothingAllowed = ("Targets:Allowed", "");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_load_balancer_is_an_instance_of_itself_or_of_another()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        var api = new ElbApi(server.Url);
        var others = new ElbApi(server.Url, Account.Second);
        await api.CreateWebAsync("web", Ports.Http, Token);
        await others.CreateWebAsync("web", Ports.Http, Token);
        var own = (await server.StatusAsync("web", Token))!.Address;
        var other = (await server.StatusAsync("web", Token, Account.Second))!.Address;
        var free = $"{own[..own.LastIndexOf('.')]}.250";

        foreach (var address in new[] { own, other, free, Embedded(own) })
        {
            var answer = await RegisterAsync(api, "web", address);
            Assert.Equal((400, "InvalidInstance"), (answer.Status, answer.Code));
            Assert.Contains("load balancer", answer.Message!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CloudLb_itself_is_no_instance_whoever_names_the_port_and_the_address()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        var port = server.Url.Port;
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("direct", port, Token);
        foreach (var address in new[] { "127.0.0.1", "localhost" })
        {
            var answer = await RegisterAsync(api, "direct", address);
            Assert.Equal(
                (400, "InvalidInstance", $"EC2 instance {address} cannot be registered: CloudLb itself listens on 127.0.0.1 port {port}."),
                (answer.Status, answer.Code, answer.Message));
        }

        await api.CreateWebAsync("later", port + 1, Token);
        await api.RegisterAsync("later", "127.0.0.1", Token);
        var listener = await api.SendAsync(
            $"Action=CreateLoadBalancerListeners&Version=2012-06-01&LoadBalancerName=later&Listeners.member.1.Protocol=TCP" +
            $"&Listeners.member.1.LoadBalancerPort=1&Listeners.member.1.InstancePort={port}",
            Token);
        var check = await api.SendAsync(
            $"Action=ConfigureHealthCheck&Version=2012-06-01&LoadBalancerName=later&HealthCheck.Target=HTTP:{port}/metrics" +
            $"&HealthCheck.Interval=5&HealthCheck.Timeout=2&HealthCheck.HealthyThreshold=2&HealthCheck.UnhealthyThreshold=2",
            Token);

        Assert.Equal((409, "InvalidConfigurationRequest"), (listener.Status, listener.Code));
        Assert.Equal((400, "ValidationError"), (check.Status, check.Code));
    }

    [Fact]
    public async Task Where_several_accounts_are_nothing_of_the_machine_or_the_cloud_is_an_instance()
    {
        await using var server = await CloudLbProcess.StartAsync(Token, NothingAllowed);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", Ports.Free(IPAddress.Loopback), Token);

        foreach (var id in new[]
        {
            "169.254.169.254", "100.100.100.200", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::",
            "0.0.0.0", "::", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1", "::1", "::127.0.0.1", "localhost",
        })
        {
            var answer = await RegisterAsync(api, "web", id);
            Assert.True((answer.Status, answer.Code) == (400, "InvalidInstance"), $"{id} was answered {answer.Body}");
        }
    }

    [Fact]
    public async Task With_one_account_the_machine_s_own_web_server_is_an_instance()
    {
        await using var server = await CloudLbProcess.StartAsync(Token, NothingAllowed, ("AccessKeys:0:AccountId", Account.First.Id));
        await using var backend = await Backend.StartAsync("127.0.0.1", Ports.Free(IPAddress.Loopback), Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", "127.0.0.1", Token);

        Assert.Equal((200, "127.0.0.1"), await Traffic.AnswersAsync(await server.TrafficUrlAsync("web", Token), 200, Token));
    }

    [Fact]
    public async Task An_instance_that_the_inventory_moves_to_a_load_balancer_s_address_gets_nothing_more()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        await using var backend = await Backend.StartAsync(Token);
        var api = new ElbApi(server.Url);
        var inventory = Path.Combine(server.DataDirectory, "inventory.json");
        await File.WriteAllTextAsync(inventory, $$"""{ "i-1": "{{backend.Address}}" }""", Token);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", "i-1", Token);
        await api.BecomesAsync("web", "i-1", "InService", Token);
        var own = (await server.StatusAsync("web", Token))!.Address;

        await File.WriteAllTextAsync(inventory, $$"""{ "i-1": "{{own}}" }""", Token);
        var (_, description) = await api.BecomesAsync("web", "i-1", "OutOfService", Token);

        Assert.Equal($"Instance cannot be given traffic: {own} is an address of load balancers, which cannot be instances.", description);
        Assert.Equal(503, (await Traffic.AnswersAsync(await server.TrafficUrlAsync("web", Token), 503, Token)).Status);
        var explained = await server.CommandAsync(Token, "explain", "web", "i-1");
        Assert.Contains("may not be a target", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instances_and_buckets_belong_to_the_accounts_that_the_operator_says()
    {
        await using var server = await CloudLbProcess.StartAsync(Token, ("AccessLogs:BucketAccounts:logs", Account.First.Id));
        await File.WriteAllTextAsync(
            Path.Combine(server.DataDirectory, "inventory.json"),
            $$"""{ "i-1": { "address": "10.0.0.1", "account": "{{Account.First.Id}}" } }""", Token);
        const string Log = "Action=ModifyLoadBalancerAttributes&Version=2012-06-01&LoadBalancerName=web" +
            "&LoadBalancerAttributes.AccessLog.Enabled=true&LoadBalancerAttributes.AccessLog.S3BucketName=logs";
        foreach (var (account, isOwner) in new[] { (Account.First, true), (Account.Second, false) })
        {
            var api = new ElbApi(server.Url, account);
            await api.CreateWebAsync("web", Ports.Http, Token);
            var ec2 = await new ElbApi(server.Url, account, service: "ec2").SendAsync("Action=DescribeInstances&Version=2016-11-15", Token);

            Assert.Equal(isOwner ? null : "InvalidInstance", (await RegisterAsync(api, "web", "i-1")).Code);
            Assert.Equal(isOwner ? null : "InvalidInstance", (await RegisterAsync(api, "web", "10.0.0.1")).Code);
            Assert.Equal(isOwner ? null : "InvalidConfigurationRequest", (await api.SendAsync(Log, Token)).Code);
            Assert.Equal(isOwner, ec2.Values("instanceId").Contains("i-1"));
        }
    }

    private static Task<ElbApi.Answer> RegisterAsync(ElbApi api, string name, string id) =>
        api.SendAsync(
            $"Action=RegisterInstancesWithLoadBalancer&Version=2012-06-01&LoadBalancerName={name}&Instances.member.1.InstanceId={id}",
            Token);

    /// <summary>The address as a NAT64 gateway writes it.</summary>
    private static string Embedded(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        return string.Create(CultureInfo.InvariantCulture, $"64:ff9b::{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}");
    }
}
