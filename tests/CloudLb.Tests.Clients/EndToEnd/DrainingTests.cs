using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class DrainingTests(SharedServer server)
{
    private static readonly (string, string) NotRegistered = (
        "OutOfService", "Instance is not currently registered with the LoadBalancer.");

    [Fact]
    public async Task With_draining_a_request_under_way_finishes_and_new_ones_go_elsewhere()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        var (url, slow) = await BeginSlowRequestAsync(
            "drained", "Enabled=true&LoadBalancerAttributes.ConnectionDraining.Timeout=300", backend);

        await server.Api.DeregisterAsync("drained", backend.Address, token);
        await Traffic.AnswersAsync(url, 503, token);
        Assert.Equal(
            ("InService", "Instance deregistration currently in progress."),
            await server.Api.HealthAsync("drained", backend.Address, token));
        Assert.False(slow.IsCompleted);

        backend.Release();
        Assert.Equal((200, backend.Address), await slow);
        await Wait.ForAsync(() => server.Api.HealthAsync("drained", backend.Address, token), health => health == NotRegistered, token);
    }

    [Fact]
    public async Task Without_draining_a_request_under_way_is_cut()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        var (_, slow) = await BeginSlowRequestAsync("cut", "Enabled=false", backend);

        await server.Api.DeregisterAsync("cut", backend.Address, token);

        Assert.NotEqual(200, (await slow.WaitAsync(TimeSpan.FromSeconds(60), token)).Status);
        Assert.Equal(NotRegistered, await server.Api.HealthAsync("cut", backend.Address, token));
    }

    [Fact]
    public async Task Draining_ends_at_its_limit()
    {
        var limit = TimeSpan.FromSeconds(2);
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        var (_, slow) = await BeginSlowRequestAsync("limit", "Enabled=true&LoadBalancerAttributes.ConnectionDraining.Timeout=2", backend);

        var watch = Stopwatch.StartNew();
        await server.Api.DeregisterAsync("limit", backend.Address, token);
        var answer = await slow.WaitAsync(TimeSpan.FromSeconds(60), token);

        Assert.NotEqual(200, answer.Status);
        Assert.True(watch.Elapsed > limit - TimeSpan.FromSeconds(0.1), $"The request was cut after {watch.Elapsed}.");
        await Wait.ForAsync(() => server.Api.HealthAsync("limit", backend.Address, token), health => health == NotRegistered, token);
    }

    private async Task<(Uri Url, Task<(int Status, string Body)> Slow)> BeginSlowRequestAsync(string name, string draining, Backend backend)
    {
        var token = TestContext.Current.CancellationToken;
        await server.Api.CreateWebAsync(name, backend.Port, token);
        await server.Api.CallAsync(
            $"Action=ModifyLoadBalancerAttributes&LoadBalancerName={name}&LoadBalancerAttributes.ConnectionDraining.{draining}", token);
        await server.Api.RegisterAsync(name, backend.Address, token);
        var url = await server.Process.TrafficUrlAsync(name, token);
        await Traffic.AnswersAsync(url, 200, token);
        var slow = Traffic.GetAsync(new Uri(url, "slow"), token);
        await backend.SlowArrived.WaitAsync(token);
        return (url, slow);
    }
}
