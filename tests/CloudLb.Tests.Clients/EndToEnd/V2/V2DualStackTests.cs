using System.Net;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Load balancers that are reached by IPv6 too, and targets of IPv6.</summary>
public sealed class V2DualStackTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_of_IPv6_reach_what_clients_of_IPv4_reach_until_the_load_balancer_is_theirs_alone()
    {
        await using var server = await CloudLbProcess.StartAsync(Token, ("IPv6AddressPool", "::1/128"));
        await using var target = await Backend.StartAsync(Token);
        var calls = new V2Calls(new ElbApi(server.Url));
        var port = Ports.Free(IPAddress.IPv6Loopback);
        var (arn, vpc) = await CreateAsync(calls, "dual");
        var group = await GroupAsync(calls, "dual", vpc, target.Port, target.Address, "ipv4");
        await calls.CallAsync(Listener(arn, group, port));
        var (four, six) = (await server.TrafficUrlAsync("dual", Token, port), new Uri($"http://[::1]:{port}/"));

        await Traffic.AnswersAsync(four, 200, Token);
        Assert.Equal((200, target.Address), await Traffic.AnswersAsync(six, 200, Token));
        Assert.DoesNotContain("Unhealthy", (await server.CommandAsync(Token, "describe", "dual")).Output, StringComparison.Ordinal);
        Assert.Equal("ipv4", await calls.CallAsync(
            $"Action=SetIpAddressType&LoadBalancerArn={arn}&IpAddressType=ipv4", "IpAddressType"));
        await Wait.ForAsync(
            () => server.CommandAsync(Token, "describe", "dual"), said => said.Output.Contains("Leaving", StringComparison.Ordinal), Token);
        Assert.Equal((200, target.Address), await Traffic.AnswersAsync(six, 200, Token));
        Assert.Equal(200, (await Traffic.GetAsync(four, Token)).Status);
    }

    [Fact]
    public async Task Targets_of_IPv6_are_checked_and_given_traffic()
    {
        await using var server = await CloudLbProcess.StartAsync(
            Token, ("IPv6AddressPool", "fd00:67::/64"), ("HAProxy__BindAbsentAddresses", "true"));
        await using var target = await Backend.StartAsync("::1", Ports.Free(IPAddress.IPv6Loopback), Token);
        var calls = new V2Calls(new ElbApi(server.Url));
        var (arn, vpc) = await CreateAsync(calls, "six");
        var group = await GroupAsync(calls, "six", vpc, target.Port, "::1", "ipv6");
        await calls.CallAsync(Listener(arn, group, Ports.Http));

        Assert.Equal((200, "::1"), await Traffic.AnswersAsync(await server.TrafficUrlAsync("six", Token), 200, Token));
        await Wait.ForAsync(
            () => calls.CallAsync($"Action=DescribeTargetHealth&TargetGroupArn={group}", "State"), state => state == "healthy", Token);
        target.HealthStatus = 503;
        await Wait.ForAsync(
            () => calls.CallAsync($"Action=DescribeTargetHealth&TargetGroupArn={group}", "State"), state => state == "unhealthy", Token);
    }

    [Fact]
    public async Task A_rehearsed_import_takes_dualstack_where_the_server_does()
    {
        await using var server = await CloudLbProcess.StartAsync(
            Token, ("IPv6AddressPool", "fd00:67::/64"), ("HAProxy__BindAbsentAddresses", "true"));
        var file = Path.Combine(server.DataDirectory, "estate.json");
        await File.WriteAllTextAsync(
            file,
            """
            { "LoadBalancers": [ {
              "LoadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/two/50dc6c495c0c9188",
              "LoadBalancerName": "two", "Type": "application", "Scheme": "internet-facing", "IpAddressType": "dualstack",
              "AvailabilityZones": [ { "SubnetId": "subnet-00000000" }, { "SubnetId": "subnet-00000001" } ] } ] }
            """,
            Token);

        var said = await server.CommandAsync(Token, "import", file);

        Assert.Contains("application load balancer two", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", said.Output + said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_addresses_of_IPv6_none_is_promised()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);

        var answer = await new ElbApi(server.Url).SendAsync(
            "Action=CreateLoadBalancer&Version=2015-12-01&Name=none&IpAddressType=dualstack" +
            "&Subnets.member.1=subnet-00000000&Subnets.member.2=subnet-00000001", Token);

        Assert.Contains(
            "of 'IpAddressType' is not supported: there are no addresses of IPv6 here",
            WebUtility.HtmlDecode(answer.Body), StringComparison.Ordinal);
    }

    private static async Task<(string Arn, string Vpc)> CreateAsync(V2Calls calls, string name)
    {
        var arn = await calls.CallAsync(
            $"Action=CreateLoadBalancer&Name={name}&IpAddressType=dualstack" +
            "&Subnets.member.1=subnet-00000000&Subnets.member.2=subnet-00000001", "LoadBalancerArn");
        return (arn!, (await calls.CallAsync($"Action=DescribeLoadBalancers&Names.member.1={name}", "VpcId"))!);
    }

    private static async Task<string> GroupAsync(V2Calls calls, string name, string vpc, int port, string address, string addressType)
    {
        var group = (await calls.CallAsync(
            $"Action=CreateTargetGroup&Name={name}&Protocol=HTTP&Port={port}&TargetType=ip&VpcId={vpc}&HealthCheckPath=/health" +
            $"&IpAddressType={addressType}&HealthCheckIntervalSeconds=5&HealthCheckTimeoutSeconds=2", "TargetGroupArn"))!;
        await calls.CallAsync($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={address}");
        return group;
    }

    private static string Listener(string loadBalancer, string group, int port) =>
        $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=HTTP&Port={port}" +
        $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}";
}
