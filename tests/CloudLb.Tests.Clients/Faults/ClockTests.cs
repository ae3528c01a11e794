using CloudLb.AwsApi.SigV4;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>The machine's clock jumps while CloudLb runs: by libfaketime, which tells one process another time.</summary>
public sealed class ClockTests
{
    private static readonly string? Library = Directory.EnumerateDirectories("/usr/lib")
        .Select(directory => Path.Combine(directory, "faketime", "libfaketime.so.1"))
        .FirstOrDefault(File.Exists);

    [Theory]
    [InlineData("+2h", 2)]
    [InlineData("-2h", -2)]
    public async Task A_jump_of_the_clock_stops_nothing(string jump, int hours)
    {
        Assert.SkipWhen(Library is null, "libfaketime is not installed");
        var token = TestContext.Current.CancellationToken;
        var time = Path.GetTempFileName();
        await File.WriteAllTextAsync(time, "+0\n", token);
        var surroundings = new CloudLbProcess.Surroundings
        {
            Environment = new Dictionary<string, string?>
            {
                ["LD_PRELOAD"] = Library, ["FAKETIME_TIMESTAMP_FILE"] = time, ["FAKETIME_NO_CACHE"] = "1",
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", ["DONT_FAKE_MONOTONIC"] = "1",
            },
        };
        await using var server = await CloudLbProcess.StartAsync(surroundings, token, ("Reconciler:ResyncInterval", "00:00:01"));
        await using var backend = await Backend.StartAsync(token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", backend.Port, token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        await api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=web&LoadBalancerAttributes.ConnectionDraining.Enabled=true" +
            "&LoadBalancerAttributes.ConnectionDraining.Timeout=2",
            token);
        await api.RegisterAsync("web", backend.Address, token);
        var url = await server.TrafficUrlAsync("web", token);
        await Traffic.AnswersAsync(url, 200, token);
        await api.CreateWebAsync("long", backend.Port, token);
        await api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=long&LoadBalancerAttributes.ConnectionDraining.Enabled=true" +
            "&LoadBalancerAttributes.ConnectionDraining.Timeout=600",
            token);
        await api.RegisterAsync("long", backend.Address, token);
        var slow = await BeginSlowRequestAsync(server, backend, token);
        await api.DeregisterAsync("long", backend.Address, token);
        await Traffic.AnswersAsync(await server.TrafficUrlAsync("long", token), 503, token);

        await File.WriteAllTextAsync(time, $"{jump}\n", token);
        var expired = await Wait.ForAsync(
            () => api.SendAsync("Action=DescribeLoadBalancers&Version=2012-06-01", token), answer => answer.Status != 200, token);
        var later = new ElbApi(server.Url, clock: new ShiftedClock(TimeSpan.FromHours(hours)));

        Assert.Equal((403, "SignatureDoesNotMatch"), (expired.Status, expired.Code));
        Assert.Equal(
            "Instance deregistration currently in progress.", (await later.HealthAsync("long", backend.Address, token)).Description);
        await later.CreateWebAsync("new", backend.Port, token);
        await Traffic.AnswersAsync(await server.TrafficUrlAsync("new", token), 503, token);
        await later.RegisterAsync("web", second.Address, token);
        await later.DeregisterAsync("web", backend.Address, token);
        Assert.Equal(
            (200, second.Address),
            await Wait.ForAsync(() => Traffic.GetAsync(url, token), answer => answer == (200, second.Address), token));
        await Wait.ForAsync(
            () =>
                RunningHAProxy.ReadAsync(server, token), run =>
                    run.Members.Count == 1 && run.Members.Single().EndsWith(second.Address, StringComparison.Ordinal), token);
        Assert.Equal("InService", (await later.HealthAsync("web", second.Address, token)).State);

        // The request before the jump is in a process before the last hand-over, and drains for ten minutes of real time.
        await later.RegisterAsync("long", second.Address, token);
        await later.DeregisterAsync("long", second.Address, token);
        backend.Release();
        Assert.Equal((200, backend.Address), await slow);
        Assert.DoesNotContain(" fail: ", server.Output, StringComparison.Ordinal);
        File.Delete(time);
    }

    private static async Task<Task<(int Status, string Body)>> BeginSlowRequestAsync(
        CloudLbProcess server, Backend backend, CancellationToken cancellationToken)
    {
        var url = await server.TrafficUrlAsync("long", cancellationToken);
        await Traffic.AnswersAsync(url, 200, cancellationToken);
        var slow = Traffic.GetAsync(new Uri(url, "slow"), cancellationToken);
        await backend.SlowArrived.WaitAsync(cancellationToken);
        return slow;
    }
}
