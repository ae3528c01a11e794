using System.Net;
using System.Text.Json;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class HealthTests(SharedServer server)
{
    private const string Failed = "Instance has failed at least the UnhealthyThreshold number of health checks consecutively.";

    [Fact]
    public async Task A_backend_that_dies_goes_out_of_service_and_comes_back_with_it()
    {
        var token = TestContext.Current.CancellationToken;
        await using var stays = await Backend.StartAsync(token);
        var dies = await Backend.StartAsync($"{Ports.Network()}.1", stays.Port, token);
        await server.Api.CreateWebAsync("dies", stays.Port, token);
        await server.Api.RegisterAsync("dies", stays.Address, token);
        await server.Api.RegisterAsync("dies", dies.Address, token);
        await server.Api.BecomesAsync("dies", stays.Address, "InService", token);
        await server.Api.BecomesAsync("dies", dies.Address, "InService", token);
        var url = await server.Process.TrafficUrlAsync("dies", token);

        await dies.DisposeAsync();
        Assert.Equal(("OutOfService", Failed), await server.Api.BecomesAsync("dies", dies.Address, "OutOfService", token));
        Assert.Equal((200, stays.Address), await Traffic.GetAsync(url, token));

        await using var back = await Backend.StartAsync(dies.Address, dies.Port, token);
        await server.Api.BecomesAsync("dies", dies.Address, "InService", token);
        await Wait.ForAsync(() => Traffic.GetAsync(url, token), answer => answer == (200, dies.Address), token);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(500)]
    [InlineData(204)]
    public async Task An_http_check_passes_on_200_alone(int status)
    {
        var token = TestContext.Current.CancellationToken;
        var name = $"answers-{status}";
        await using var backend = await Backend.StartAsync(token);
        backend.HealthStatus = status;
        await server.Api.CreateWebAsync(name, backend.Port, token);
        await server.Api.RegisterAsync(name, backend.Address, token);

        await Wait.ForAsync(
            () => server.Api.HealthAsync(name, backend.Address, token), health => health == ("OutOfService", Failed), token);
        Assert.Equal(503, (await Traffic.GetAsync(await server.Process.TrafficUrlAsync(name, token), token)).Status);

        backend.HealthStatus = 200;
        await server.Api.BecomesAsync(name, backend.Address, "InService", token);
    }

    [Fact]
    public async Task A_tcp_check_passes_when_the_connection_is_made()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        backend.HealthStatus = 500;
        await server.Api.CreateWebAsync("tcp-check", backend.Port, token, "TCP:{0}");
        await server.Api.RegisterAsync("tcp-check", backend.Address, token);

        Assert.Equal(("InService", "N/A"), await server.Api.BecomesAsync("tcp-check", backend.Address, "InService", token));
    }

    [Fact]
    public async Task Instances_of_the_inventory_file_are_found_and_follow_it_when_it_changes()
    {
        var token = TestContext.Current.CancellationToken;
        await using var first = await Backend.StartAsync(token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", first.Port, token);
        await server.Api.CreateWebAsync("inventory", first.Port, token);
        const string Register = "Action=RegisterInstancesWithLoadBalancer&LoadBalancerName=inventory" +
            "&Instances.member.1.InstanceId=i-0a1b2c3d";

        var unknown = await server.Api.SendAsync($"{Register}&Version=2012-06-01", token);
        Assert.Equal((400, "InvalidInstance", "Could not find EC2 instance i-0a1b2c3d."), (unknown.Status, unknown.Code, unknown.Message));

        await WriteInventoryAsync("i-0a1b2c3d", first.Address, "us-east-1a", token);
        await Wait.ForAsync(() => server.Api.SendAsync($"{Register}&Version=2012-06-01", token), answer => answer.Status == 200, token);
        var url = await server.Process.TrafficUrlAsync("inventory", token);
        Assert.Equal((200, first.Address), await Traffic.AnswersAsync(url, 200, token));

        await WriteInventoryAsync("i-0a1b2c3d", second.Address, "us-east-1a", token);
        await Wait.ForAsync(() => Traffic.GetAsync(url, token), answer => answer == (200, second.Address), token);
    }

    [Fact]
    public async Task An_instance_takes_traffic_only_while_its_zone_is_enabled()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        await server.Api.CreateWebAsync("zones", backend.Port, token);
        await WriteInventoryAsync("i-0a1b2c3e", backend.Address, "us-east-1b", token);
        const string Register = "Action=RegisterInstancesWithLoadBalancer&LoadBalancerName=zones&Instances.member.1.InstanceId=i-0a1b2c3e";
        const string Zones = "LoadBalancerName=zones&AvailabilityZones.member.1=us-east-1b";
        await Wait.ForAsync(() => server.Api.SendAsync($"{Register}&Version=2012-06-01", token), answer => answer.Status == 200, token);
        var url = await server.Process.TrafficUrlAsync("zones", token);

        await Wait.ForAsync(
            () =>
                server.Api.HealthAsync("zones", "i-0a1b2c3e", token), health =>
                    health.Description.Contains("Availability Zone", StringComparison.Ordinal), token);
        await Traffic.AnswersAsync(url, 503, token);
        await server.Api.CallAsync($"Action=EnableAvailabilityZonesForLoadBalancer&{Zones}", token);
        await Traffic.AnswersAsync(url, 200, token);
        Assert.Equal("InService", (await server.Api.HealthAsync("zones", "i-0a1b2c3e", token)).State);
        await server.Api.CallAsync($"Action=DisableAvailabilityZonesForLoadBalancer&{Zones}", token);
        await Traffic.AnswersAsync(url, 503, token);
    }

    [Fact]
    public async Task An_instance_may_be_a_host_name()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync("127.0.0.1", Ports.Free(IPAddress.Loopback), token);
        await server.Api.CreateWebAsync("host-name", backend.Port, token);

        await server.Api.RegisterAsync("host-name", "localhost", token);

        Assert.Equal(
            (200, backend.Address), await Traffic.AnswersAsync(await server.Process.TrafficUrlAsync("host-name", token), 200, token));
        Assert.Equal(("InService", "N/A"), await server.Api.HealthAsync("host-name", "localhost", token));
    }

    private async Task WriteInventoryAsync(string id, string address, string zone, CancellationToken cancellationToken)
    {
        var instances = new Dictionary<string, object> { [id] = new { address, zone } };
        await File.WriteAllTextAsync(
            Path.Combine(server.Process.DataDirectory, "inventory.json"), JsonSerializer.Serialize(instances), cancellationToken);
    }
}
