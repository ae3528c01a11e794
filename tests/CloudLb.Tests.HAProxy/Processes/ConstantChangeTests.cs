using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// What becomes of the members' health where one hand-over follows the other: no process lives as long as it takes to find out.
/// </summary>
public class ConstantChangeTests
{
    private static readonly PlannedProbe Probe = Plans.HttpProbe with
    {
        Interval = TimeSpan.FromSeconds(2),
        Timeout = TimeSpan.FromSeconds(2),
        Rise = 3,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1500)]
    [InlineData(0)]
    public async Task A_member_that_fails_goes_and_one_that_recovers_comes_back(int pauseMilliseconds)
    {
        const int InstancesEach = 8;
        var instances = await Task.WhenAll(Enumerable.Range(0, InstancesEach).Select(number => TestInstance.StartAsync($"i-{number}")));
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", [.. instances.Select(instance => instance.Planned())]).Checked(Probe);
        await running.ApplyAsync(web);
        string[] all = [.. instances.Select(instance => instance.Id)];
        await running.IsPassingAsync(web, all);
        var generation = running.Generation;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var changing = ChangeAsync(running, web, TimeSpan.FromMilliseconds(pauseMilliseconds), stop.Token);

        foreach (var instance in instances[1..])
        {
            instance.CheckStatus = 500;
        }

        await Eventually.IsTrueAsync(
            () => all[1..].All(id => running.Health(web, id) == ObservedHealth.Failed), "those that fail out of service");
        Assert.Equal(ObservedHealth.Passing, running.Health(web, all[0]));
        Assert.Equal(all[0], await Requests(web));

        foreach (var instance in instances[1..])
        {
            instance.CheckStatus = 200;
        }

        await running.IsPassingAsync(web, all);
        Assert.True(running.Generation > generation + 3);
        await stop.CancelAsync();
        await changing;
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_failure_now_and_then_takes_nobody_out()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).Checked(Probe);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var changing = ChangeAsync(running, web, TimeSpan.FromMilliseconds(1500), stop.Token);

        for (var failures = 0; failures < 5; failures++)
        {
            instance.CheckStatus = 500;
            await ChecksAsync(instance, 1);
            instance.CheckStatus = 200;
            await ChecksAsync(instance, 1);
            Assert.Equal(ObservedHealth.Passing, running.Health(web, "i-1"));
        }

        await stop.CancelAsync();
        await changing;
    }

    /// <summary>Every creation is a hand-over.</summary>
    private static async Task ChangeAsync(
        RunningDataPlane running, PlannedLoadBalancer web, TimeSpan pause, CancellationToken cancellationToken)
    {
        for (var number = 0; !cancellationToken.IsCancellationRequested; number++)
        {
            await running.ApplyAsync(web, Plans.LoadBalancer($"other-{number}"));
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private static Task ChecksAsync(TestInstance instance, int more)
    {
        var before = instance.Checks.Count;
        return Eventually.IsTrueAsync(() => instance.Checks.Count >= before + more, "another check");
    }

    private static async Task<string> Requests(PlannedLoadBalancer web)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(web.Url(), Token);
    }
}
