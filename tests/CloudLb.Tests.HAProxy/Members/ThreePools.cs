using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>A load balancer with three pools of an instance each.</summary>
internal sealed class ThreePools(TestInstance one, TestInstance two, TestInstance three, int failsOpenBelow) : IAsyncDisposable
{
    public TestInstance First => one;

    public TestInstance Second => two;

    public TestInstance Third => three;

    public PlannedLoadBalancer Net { get; } = Plans.LoadBalancer("net") with
    {
        HealthPool = null,
        Pools = new[] { ("one", one), ("three", three), ("two", two) }
            .Select(pool => Plans.Pool() with
            {
                Name = pool.Item1, Mode = TrafficMode.Tcp, Balance = PoolBalance.Random, MemberPort = null, Probe = Plans.FastProbe,
                FailsOpenBelow = failsOpenBelow, Members = [pool.Item2.Planned()],
            })
            .ToEquatableArray(),
    };

    /// <summary>One that forwards to the three by these weights.</summary>
    public static PlannedListener Listener(int one, int two, int three) => Plans.Listener(Plans.Port) with
    {
        Mode = TrafficMode.Tcp,
        Http = null,
        DefaultAction = new PlannedAction.Forward([new("one", one), new("two", two), new("three", three)]),
    };

    public static async Task<ThreePools> StartAsync(int failsOpenBelow = 0) => new(
        await TestInstance.StartAsync("i-1"), await TestInstance.StartAsync("i-2"), await TestInstance.StartAsync("i-3"),
        failsOpenBelow);

    /// <summary>Waits until so many servers are up.</summary>
    public static Task UpAsync(RunningDataPlane running, int servers) => Eventually.IsTrueAsync(
        async () => (await running.AskAsync("show stat -1 4 -1")).Split('\n').Count(line => line.Contains(",UP,")) == servers,
        "every server up");

    /// <summary>Returns when HAProxy has found every server up.</summary>
    public async Task ApplyAsync(RunningDataPlane running, int first, int second, int third)
    {
        await running.ApplyAsync(Net with { Listeners = [Listener(first, second, third)] });
        Assert.Empty(running.DataPlane.Faults);
        await UpAsync(running, 3);
    }

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await two.DisposeAsync();
        await three.DisposeAsync();
    }
}
