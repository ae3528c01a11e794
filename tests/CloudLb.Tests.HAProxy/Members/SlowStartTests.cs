using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Runtime;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>A member that comes into service beside others is given more and more, over processes and CloudLbs.</summary>
public sealed class SlowStartTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(100);
    private static readonly (string, string) Often = (nameof(HAProxyOptions.PollInterval), "00:00:00.2");

    [Fact]
    public async Task A_member_that_joins_others_gets_its_share_of_the_time_and_goes_on_where_it_was_in_the_next_process()
    {
        var clock = new TestClock();
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(clock, null, Often);
        var web = Slow(first.Planned());
        await running.ApplyAsync(web);
        await WeighAsync(running, "i-1 256");

        var begin = clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        clock.StopAt(begin);
        web = Slow(web, first.Planned(), second.Planned());
        await running.ApplyAsync(web);
        await Eventually.IsTrueAsync(() => running.IsUnderWay, "i-2 is on its way");
        await WeighAsync(running, "i-1 256, i-2 1");
        await GivesWayAsync(running, web, begin, clock, halfway: 50);

        // What runs and what is written down are the same to everybody who looks: no drift, and no other process.
        Assert.Equal(1, running.Generation);
        await running.ApplyAsync(web, Plans.LoadBalancer("another"));
        Assert.Equal(2, running.Generation);
        Assert.Equal("i-1 256, i-2 128", await WeightsAsync(running));

        Kill(running.ProcessId);
        await Eventually.IsTrueAsync(() => running.DataPlane.Cells.Single().ProcessId is null, "its end is known");
        await running.ReapplyAsync();
        Assert.Equal((3, "i-1 256, i-2 128"), (running.Generation, await WeightsAsync(running)));

        clock.StopAt(begin + (Duration * 0.75));
        await WeighAsync(running, "i-1 256, i-2 192");
        clock.StopAt(begin + Duration);
        await WeighAsync(running, "i-1 256, i-2 256");
        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("drift", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_CloudLb_goes_on_where_the_one_before_was()
    {
        var clock = new TestClock();
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        var before = await RunningDataPlane.StartAsync(clock, null, Often);
        var web = Slow(first.Planned());
        await before.ApplyAsync(web);
        await WeighAsync(before, "i-1 256");
        var begin = clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        clock.StopAt(begin);
        web = Slow(web, first.Planned(), second.Planned());
        await before.ApplyAsync(web);
        await Eventually.IsTrueAsync(() => before.IsUnderWay, "i-2 is on its way");
        await WeighAsync(before, "i-1 256, i-2 1");
        clock.StopAt(begin + (Duration / 2));
        await WeighAsync(before, "i-1 256, i-2 128");
        await before.CrashAsync();

        var next = new TestClock();
        var adopted = next.GetUtcNow();
        next.StopAt(adopted);
        await using var running = await RunningDataPlane.StartAsync(next, before.Directory, Often);
        await running.ApplyAsync(web);
        Assert.Equal((1, "i-1 256, i-2 128"), (running.Generation, await WeightsAsync(running)));
        next.StopAt(adopted + (Duration / 4));
        await WeighAsync(running, "i-1 256, i-2 192");
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task The_first_members_of_a_pool_have_their_whole_share_and_one_that_comes_back_to_others_starts_anew()
    {
        var clock = new TestClock();
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(clock, null, Often);
        var web = Slow(first.Planned(), second.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        await WeighAsync(running, "i-1 256, i-2 256");

        second.CheckStatus = 500;
        await WeighAsync(running, "i-1 256, i-2 1");
        second.CheckStatus = 200;
        await running.IsPassingAsync(web, "i-2");
        await Eventually.IsTrueAsync(async () => WeightOf(await WeightsAsync(running), "i-2") is > 1 and < 256, "i-2 is on its way");

        // Nobody is there who has a whole share: one that comes in then has it at once.
        (first.CheckStatus, second.CheckStatus) = (500, 500);
        await WeighAsync(running, "i-1 1, i-2 1");
        first.CheckStatus = 200;
        await WeighAsync(running, "i-1 256, i-2 1");
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task It_begins_and_ends_at_run_time_and_members_that_are_there_keep_their_share()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(settings: Often);
        var web = Slow(first.Planned(), second.Planned());
        var usual = web with { Pools = [web.Pools[0] with { SlowStart = TimeSpan.Zero }] };
        await running.ApplyAsync(usual);
        await running.IsPassingAsync(web, "i-1", "i-2");
        await WeighAsync(running, "i-1 1, i-2 1");

        await running.ApplyAsync(web);
        await WeighAsync(running, "i-1 256, i-2 256");
        await running.ApplyAsync(web with { Pools = [web.Pools[0] with { SlowStart = Duration * 2 }] });
        await running.ApplyAsync(usual);
        await WeighAsync(running, "i-1 1, i-2 1");
        Assert.Equal(1, running.Generation);
    }

    private static PlannedLoadBalancer Slow(params PlannedMember[] members) => Slow(Plans.LoadBalancer("web"), members);

    private static PlannedLoadBalancer Slow(PlannedLoadBalancer web, params PlannedMember[] members) => web with
    {
        Pools = [Plans.Pool(members) with { Balance = PoolBalance.RoundRobin, SlowStart = Duration, Probe = Plans.FastProbe }],
    };

    /// <summary>At half of the time a third of the requests is for the one that is on its way.</summary>
    private static async Task GivesWayAsync(
        RunningDataPlane running, PlannedLoadBalancer web, DateTimeOffset begin, TestClock clock, int halfway)
    {
        clock.StopAt(begin + TimeSpan.FromSeconds(halfway));
        await WeighAsync(running, "i-1 256, i-2 128");
        var answers = new List<string>();
        for (var request = 0; request < 60; request++)
        {
            answers.Add(await GetAsync(web.Url()));
        }

        Assert.InRange(answers.Count(answer => answer == "i-2"), 15, 25);
    }

    private static Task WeighAsync(RunningDataPlane running, string weights) =>
        Eventually.IsTrueAsync(async () => await WeightsAsync(running) == weights, weights);

    private static async Task<string> WeightsAsync(RunningDataPlane running) => string.Join(
        ", ", ServerStateText.Read(await running.AskAsync(ServerStateText.Ask))
            .Where(server => server.Name.Pool.EndsWith(":http-8081", StringComparison.Ordinal) && server.Name.Pool.Contains(":web:"))
            .OrderBy(server => server.Name.Instance)
            .Select(server => $"{server.Name.Instance} {server.Weight}"));

    private static int WeightOf(string weights, string member) =>
        int.Parse(weights.Split(", ").Single(each => each.StartsWith(member, StringComparison.Ordinal)).Split(' ')[1]);
}
