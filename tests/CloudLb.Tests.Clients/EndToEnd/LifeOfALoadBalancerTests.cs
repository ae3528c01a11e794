using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class LifeOfALoadBalancerTests(SharedServer server)
{
    [Theory]
    [MemberData(nameof(ElbClients.Names), MemberType = typeof(ElbClients))]
    public async Task A_client_makes_a_load_balancer_that_carries_traffic_and_deletes_it(string clientName)
    {
        var token = TestContext.Current.CancellationToken;
        var client = ElbClients.Named(clientName);
        await using var backend = await Backend.StartAsync(token);
        var name = $"life-{clientName}";
        var one = new { LoadBalancerName = name };
        var registration = new { LoadBalancerName = name, Instances = new[] { new { InstanceId = backend.Address } } };

        var created = await client.CallAsync(server.Process.Url, "CreateLoadBalancer", new
        {
            LoadBalancerName = name,
            AvailabilityZones = new[] { "us-east-1a" },
            Listeners = new[]
            {
                new { Protocol = "HTTP", LoadBalancerPort = Ports.Http, InstanceProtocol = "HTTP", InstancePort = backend.Port },
            },
        }, token);
        Assert.Matches($@"^{name}-\d{{8,10}}\.us-east-1\.elb\.localhost$", (string?)created["DNSName"]);
        var url = await server.Process.TrafficUrlAsync(name, token);

        var registered = await client.CallAsync(server.Process.Url, "RegisterInstancesWithLoadBalancer", registration, token);
        Assert.Equal(backend.Address, (string?)registered["Instances"]![0]!["InstanceId"]);
        await Wait.ForAsync(
            async () =>
                (string?)(await client.CallAsync(server.Process.Url, "DescribeInstanceHealth", one, token))["InstanceStates"]![0]!["State"],
            state => state == "InService",
            token);
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, token));

        var deregistered = await client.CallAsync(server.Process.Url, "DeregisterInstancesFromLoadBalancer", registration, token);
        Assert.Empty(deregistered["Instances"]?.AsArray() ?? []);
        await Traffic.AnswersAsync(url, 503, token);

        await client.CallAsync(server.Process.Url, "DeleteLoadBalancer", one, token);
        Assert.Equal((0, "refused"), await Wait.ForAsync(() => Traffic.GetAsync(url, token), answer => answer.Status == 0, token));
        var gone = await client.TryCallAsync(
            server.Process.Url, "DescribeLoadBalancers", new { LoadBalancerNames = new[] { name } }, token);
        Assert.Equal("LoadBalancerNotFound", ((string?)gone["error"]![0])?.Replace("Exception", "", StringComparison.Ordinal));
    }
}
