using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;

namespace CloudLb.Tests.HAProxy;

/// <summary>What the pools of an action are given changes while the process runs.</summary>
public sealed class RuleWeightTests
{
    private const string List = "weights/alb:123456789012:us-east-1:web:rule.8080.default.0";

    [Fact]
    public async Task Weights_change_without_a_hand_over_and_no_request_goes_by_those_before_or_is_lost()
    {
        await using var pools = await ThreeAsync();
        await using var running = await RunningDataPlane.StartAsync();
        await pools.ApplyAsync(running, 1, 1, 0);
        using var stopping = new CancellationTokenSource();
        var load = LoadAsync(pools.Web, stopping.Token);
        using var kept = await KeptConnection.OpenAsync(pools.Web);

        foreach (var (one, two, three, expected) in new[]
        {
            (0, 1, 0, "i-2"), (0, 0, 7, "i-3"), (999, 0, 0, "i-1"), (0, 5, 5, "i-2 i-3"), (1, 0, 1, "i-1 i-3"), (0, 1, 0, "i-2"),
        })
        {
            await pools.ApplyAsync(running, one, two, three);
            Assert.Equal(expected, await InstancesAsync(kept));
        }

        await stopping.CancelAsync();
        Assert.DoesNotContain(await load, status => status != 200);
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task They_hold_for_a_rule_and_for_a_body_in_chunks_and_over_a_hand_over()
    {
        await using var pools = await ThreeAsync();
        await using var running = await RunningDataPlane.StartAsync();
        var listener = ApplicationPlans.Listener();
        var rule = new PlannedRule(7, [new PlannedCondition.Path([new("/rule")])], Forward(1, 0, 0));
        await running.ApplyAsync(pools.With(listener with { Rules = [rule], DefaultAction = Forward(1, 0, 0) }));
        await pools.ServeAsync(running);
        rule = rule with { Action = Forward(0, 1, 0) };
        await running.ApplyAsync(pools.With(listener with { Rules = [rule], DefaultAction = Forward(0, 0, 1) }));
        Assert.Equal(1, running.Generation);
        using (var kept = await KeptConnection.OpenAsync(pools.Web))
        {
            Assert.Equal("i-2", await InstancesAsync(kept, "/rule"));
            Assert.Equal("i-3", await InstancesAsync(kept));
            const string Chunks = "HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
            Assert.Equal((200, "i-2"), await kept.AskAsync($"POST /rule {Chunks}"));
            Assert.Equal((200, "i-3"), await kept.AskAsync($"POST / {Chunks}"));
        }

        listener = listener with { IdleTimeout = TimeSpan.FromSeconds(77), Rules = [rule], DefaultAction = Forward(0, 0, 1) };
        await running.ApplyAsync(pools.With(listener));
        await running.IsAloneAsync();
        Assert.Equal(2, running.Generation);
        await pools.ServeAsync(running);
        using var after = await KeptConnection.OpenAsync(pools.Web);
        Assert.Equal("i-2", await InstancesAsync(after, "/rule"));
        Assert.Equal("i-3", await InstancesAsync(after));
    }

    [Fact]
    public async Task They_hold_over_a_crash_and_over_a_start_and_go_with_their_action()
    {
        await using var pools = await ThreeAsync();
        var before = await RunningDataPlane.StartAsync();
        await pools.ApplyAsync(before, 1, 1, 1);
        await pools.ApplyAsync(before, 0, 1, 0);
        await before.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(before.Directory);
        await pools.ApplyAsync(running, 0, 1, 0);
        Assert.Equal(1, running.Generation);
        using (var kept = await KeptConnection.OpenAsync(pools.Web))
        {
            Assert.Equal("i-2", await InstancesAsync(kept));
        }

        TestRequests.Kill(running.ProcessId);
        await Eventually.IsTrueAsync(
            async () =>
            {
                await running.TryApplyAsync(pools.With(pools.Listener(0, 1, 0)));
                return running.Generation == 2 && running.ProcessId != 0;
            },
            "another process runs");
        await pools.ServeAsync(running);
        using var again = await KeptConnection.OpenAsync(pools.Web);
        Assert.Equal("i-2", await InstancesAsync(again));
        await running.ApplyAsync(pools.With(ApplicationPlans.Listener() with { DefaultAction = PlannedAction.Forward.To("one") }));
        Assert.Empty(Directory.EnumerateFiles(running.CellFile("weights")));
    }

    [Fact]
    public async Task What_a_CloudLb_had_not_written_down_when_it_was_killed_is_put_right_by_the_next_one()
    {
        await using var pools = await ThreeAsync();
        var before = await RunningDataPlane.StartAsync();
        await pools.ApplyAsync(before, 1, 0, 0);
        Assert.Equal("", await before.AskAsync($"del acl {List} 0:999999999"));
        await before.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(before.Directory);
        await pools.ApplyAsync(running, 1, 0, 0);
        await running.IsAloneAsync();

        Assert.Equal(2, running.Generation);
        using var kept = await KeptConnection.OpenAsync(pools.Web);
        Assert.Equal("i-1", await InstancesAsync(kept));
    }

    [Theory]
    [InlineData($"del acl {List} 0:499999999")]
    [InlineData($"add acl {List} 0:999999999")]
    public async Task What_is_changed_by_hand_is_put_right(string command)
    {
        var clock = new TestClock();
        await using var pools = await ThreeAsync();
        await using var running = await RunningDataPlane.StartAsync(clock, null, (nameof(HAProxyOptions.PollInterval), "00:00:00.2"));
        await pools.ApplyAsync(running, 1, 1, 0);

        await running.DriftAsync(clock, command, List);

        await Eventually.IsTrueAsync(
            async () => (await running.AskAsync($"show acl {List}")).EndsWith(" 0:499999999", StringComparison.Ordinal),
            "the share is back");
    }

    [Fact]
    public async Task Where_no_pool_is_given_anything_the_load_balancer_answers_by_itself()
    {
        await using var pools = await ThreeAsync();
        await using var running = await RunningDataPlane.StartAsync();
        await pools.ApplyAsync(running, 1, 1, 0);

        await pools.ApplyAsync(running, 0, 0, 0);
        await running.IsAloneAsync();
        Assert.StartsWith("HTTP/1.1 503 ", await RawClient.GetAsync(pools.Web));

        await pools.ApplyAsync(running, 0, 0, 1);
        await running.IsAloneAsync();
        using var kept = await KeptConnection.OpenAsync(pools.Web);
        Assert.Equal((200, "i-3"), await kept.GetAsync());
    }

    private static PlannedAction.Forward Forward(int one, int two, int three) =>
        new([new("one", one), new("two", two), new("three", three)]);

    /// <summary>Asks without a pause, now over a kept connection and now over a new one; the statuses, 0 for no answer.</summary>
    private static async Task<List<int>> LoadAsync(PlannedLoadBalancer web, CancellationToken stopping)
    {
        var statuses = new List<int>();
        while (!stopping.IsCancellationRequested)
        {
            using var connection = await KeptConnection.OpenAsync(web);
            for (var request = 0; request < 20 && !stopping.IsCancellationRequested; request++)
            {
                statuses.Add((await connection.GetAsync())?.Status ?? 0);
            }
        }

        return statuses;
    }

    /// <summary>Who answers forty requests: one that is given half of them is not there once in a million million times.</summary>
    private static async Task<string> InstancesAsync(KeptConnection connection, string path = "/")
    {
        var ids = new SortedSet<string>();
        for (var request = 0; request < 40; request++)
        {
            ids.Add((await connection.GetAsync(path))!.Value.Body);
        }

        return string.Join(' ', ids);
    }

    private static async Task<ThreePools> ThreeAsync() =>
        new(await TestInstance.StartAsync("i-1"), await TestInstance.StartAsync("i-2"), await TestInstance.StartAsync("i-3"));

    /// <summary>A load balancer with three pools of an instance each.</summary>
    private sealed class ThreePools(TestInstance one, TestInstance two, TestInstance three) : IAsyncDisposable
    {
        public PlannedLoadBalancer Web { get; } = ApplicationPlans.LoadBalancer("web") with
        {
            HealthPool = null,
            Pools = new[] { ("one", one), ("three", three), ("two", two) }
                .Select(pool => Plans.Pool() with { Name = pool.Item1, Probe = Plans.FastProbe, Members = [pool.Item2.Planned()] })
                .ToEquatableArray(),
        };

        public PlannedLoadBalancer With(PlannedListener listener) => Web with { Listeners = [listener] };

        public PlannedListener Listener(int first, int second, int third) =>
            ApplicationPlans.Listener() with { DefaultAction = Forward(first, second, third) };

        public async Task ApplyAsync(RunningDataPlane running, int first, int second, int third)
        {
            await running.ApplyAsync(With(Listener(first, second, third)));
            await ServeAsync(running);
        }

        /// <summary>Returns when HAProxy has found every server up.</summary>
        public async Task ServeAsync(RunningDataPlane running)
        {
            Assert.Empty(running.DataPlane.Faults);
            await Eventually.IsTrueAsync(
                async () => (await running.AskAsync("show stat -1 4 -1")).Split('\n').Count(line => line.Contains(",UP,")) == 3,
                "every server up");
        }

        public async ValueTask DisposeAsync()
        {
            await one.DisposeAsync();
            await two.DisposeAsync();
            await three.DisposeAsync();
        }
    }
}
