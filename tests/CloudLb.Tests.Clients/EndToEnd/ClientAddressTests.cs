using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Targets on another machine that see the addresses of clients on a third one.</summary>
public sealed class ClientAddressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Targets_see_the_clients_address_where_their_group_is_to_keep_it_and_this_machines_elsewhere()
    {
        await using var machines = await ClientAndTarget.ConnectAsync();
        Assert.SkipWhen(machines.Fault is not null, $"no network can be made here: {machines.Fault}");
        await machines.ServeAsync(9000);
        var inventory = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            inventory,
            $$"""
            {
              "i-0a": { "address": "{{machines.Target}}", "zone": "us-east-1a", "vpc": "vpc-0a" },
              "vpcs": { "vpc-0a": { "default": true } },
              "subnets": { "subnet-0a": { "zone": "us-east-1a", "vpc": "vpc-0a" } }
            }
            """,
            Token);
        await using var server = await CloudLbProcess.StartAsync(
            Token, ("AddressPool", $"{machines.First}/32,{machines.Second}/32"), ("HAProxy:KeepClientAddresses", "true"),
            ("HAProxy:User", "root"), ("Inventory:File", inventory));
        var calls = new V2Calls(new(server.Url));
        var (kept, keeps) = await ServeAsync(calls, "kept", "instance", "i-0a");
        await calls.CallAsync(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={keeps}" +
            "&Attributes.member.1.Key=preserve_client_ip.enabled&Attributes.member.1.Value=true");
        var (plain, _) = await ServeAsync(calls, "plain", "ip", machines.Target);
        var atKept = (await server.StatusAsync("kept", Token))!.Address;
        var atPlain = (await server.StatusAsync("plain", Token))!.Address;

        await SeenAsync(machines, atKept, 80, machines.Client);
        await SeenAsync(machines, atPlain, 80, machines.Gateway);

        // A target of another kind, added at run time, and then a listener, which takes a new process.
        var byAddress = await GroupAsync(calls, "by-address", "ip");
        await calls.CallAsync(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={byAddress}" +
            "&Attributes.member.1.Key=preserve_client_ip.enabled&Attributes.member.1.Value=true");
        await ListenAsync(calls, kept, 81, byAddress);
        await calls.CallAsync($"Action=RegisterTargets&TargetGroupArn={byAddress}&Targets.member.1.Id={machines.Target}");
        await SeenAsync(machines, atKept, 81, machines.Client);
        await SeenAsync(machines, atKept, 80, machines.Client);
        await ListenAsync(calls, plain, 82, await GroupAsync(calls, "unused", "ip"));
        await SeenAsync(machines, atKept, 80, machines.Client);
        await SeenAsync(machines, atPlain, 80, machines.Gateway);

        // Without the setting the group goes on with this machine's address, and can ask for no other.
        await server.StopAsync(Token);
        server.Set("HAProxy:KeepClientAddresses", "false");
        await server.StartAgainAsync(Token);
        await SeenAsync(machines, atKept, 80, machines.Gateway);
        var refused = await new ElbApi(server.Url).SendAsync(
            $"Action=ModifyTargetGroupAttributes&TargetGroupArn={keeps}&Attributes.member.1.Key=preserve_client_ip.enabled" +
            "&Attributes.member.1.Value=true&Version=2015-12-01", Token);
        Assert.Contains("HAProxy:KeepClientAddresses is off", refused.Body, StringComparison.Ordinal);
        File.Delete(inventory);
    }

    /// <summary>Waits until a client's connection is seen to come from an address.</summary>
    private static Task SeenAsync(ClientAndTarget machines, string address, int port, string seen) =>
        Wait.ForAsync(() => machines.AskAsync(address, port), found => found == seen, Token);

    private static async Task<(string LoadBalancer, string Group)> ServeAsync(
        V2Calls calls, string name, string type, string target)
    {
        var loadBalancer = (await calls.CallAsync(
            $"Action=CreateLoadBalancer&Name={name}&Type=network&Subnets.member.1=subnet-0a", "LoadBalancerArn"))!;
        var group = await GroupAsync(calls, name, type);
        await calls.CallAsync($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={target}");
        await ListenAsync(calls, loadBalancer, 80, group);
        return (loadBalancer, group);
    }

    private static async Task<string> GroupAsync(V2Calls calls, string name, string type) => (await calls.CallAsync(
        $"Action=CreateTargetGroup&Name={name}&Protocol=TCP&Port=9000&TargetType={type}&VpcId=vpc-0a" +
        "&HealthCheckIntervalSeconds=5&HealthCheckTimeoutSeconds=2",
        "TargetGroupArn"))!;

    private static Task ListenAsync(V2Calls calls, string loadBalancer, int port, string group) => calls.CallAsync(
        $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=TCP&Port={port}" +
        $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}");
}
