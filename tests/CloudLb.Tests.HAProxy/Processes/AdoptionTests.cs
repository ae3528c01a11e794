using System.Diagnostics;
using System.Net;
using CloudLb.Core.Traffic.Health;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Machine;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>What the next CloudLb finds of one that was killed or stopped.</summary>
public sealed class AdoptionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_drains_when_CloudLb_dies_is_cut_at_its_limit_by_the_next_one(bool isOverBefore)
    {
        var clock = new TestClock();
        await using var instance = await TestInstance.StartAsync("i-1");
        var crashed = await RunningDataPlane.StartAsync(clock);
        var web = Plans.LoadBalancer("web", instance.Planned());
        await crashed.ApplyAsync(web);
        await crashed.IsPassingAsync(web, "i-1");
        using var socket = await TestSocket.ConnectAsync(web);
        var until = clock.GetUtcNow().AddMinutes(5);
        var draining = web.With(instance.Planned(until));
        await crashed.ApplyAsync(draining);
        await crashed.CrashAsync();
        await socket.TalkAsync();
        var isOver = until.AddSeconds(1);
        if (isOverBefore)
        {
            clock.StopAt(isOver);
        }

        await using var running = await RunningDataPlane.StartAsync(clock, crashed.Directory);
        await running.ApplyAsync(draining);
        if (!isOverBefore)
        {
            await socket.TalkAsync();
            clock.StopAt(isOver);
        }

        await socket.IsCutAsync();
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task While_CloudLb_is_away_traffic_and_checks_go_on()
    {
        const int InARow = 10;
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        var away = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.Mode), "Attach"));
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Checked(Plans.FastProbe);
        await away.ApplyAsync(web);
        await away.IsPassingAsync(web, "i-1", "i-2");
        await away.CrashAsync();

        first.CheckStatus = 500;
        var sinceFirst = 0;
        await Eventually.IsTrueAsync(
            async () => (sinceFirst = await GetAsync(web.Url()) == "i-1" ? 0 : sinceFirst + 1) == InARow, "i-1 is out");
        first.CheckStatus = 200;
        await Eventually.IsTrueAsync(async () => await GetAsync(web.Url()) == "i-1", "i-1 is back");
        second.CheckStatus = 500;
        await Eventually.IsTrueAsync(
            async () => (sinceFirst = await GetAsync(web.Url()) == "i-2" ? 0 : sinceFirst + 1) == InARow, "i-2 is out");

        await using var running = await RunningDataPlane.StartAsync(away.Directory, (nameof(HAProxyOptions.Mode), "Attach"));
        await running.ApplyAsync(web);
        Assert.Equal(ObservedHealth.Failed, running.Health(web, "i-2"));
        await running.IsPassingAsync(web, "i-1");
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task After_a_crash_the_running_process_is_found_and_members_go_on_changing_without_a_hand_over()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        var crashed = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned());
        await crashed.ApplyAsync(web, Plans.LoadBalancer("other"));
        await crashed.IsPassingAsync(web, "i-1");
        var both = web.With(first.Planned(), second.Planned());
        await crashed.ApplyAsync(both);
        await crashed.IsPassingAsync(web, "i-2");
        var processId = crashed.ProcessId;
        await crashed.CrashAsync();
        Assert.Contains(await GetAsync(web.Url()), (string[])["i-1", "i-2"]);

        await using var running = await RunningDataPlane.StartAsync(crashed.Directory);
        await running.ApplyAsync(both);
        Assert.Equal(ObservedHealth.Passing, running.Health(web, "i-1"));
        await running.ApplyAsync(web.With(second.Planned()));

        Assert.Equal("i-2", await GetAsync(web.Url()));
        Assert.Equal((processId, 1), (running.ProcessId, running.Generation));
    }

    [Fact]
    public async Task After_a_crash_in_the_middle_of_a_hand_over_only_one_process_accepts()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var crashed = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await crashed.ApplyAsync(web);
        await crashed.IsPassingAsync(web, "i-1");
        var processId = crashed.ProcessId;
        await crashed.CrashAsync();
        var next = crashed.CellFile("next.cfg");
        var text = await File.ReadAllTextAsync(next, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            next, text.Replace("/1.1.sock", "/1.2.sock", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var start = Process.Start(
            HAProxyInstalled.Executable,
            ["-D", "-p", crashed.CellFile("pid"), "-f", next, "-x", Path.Combine(crashed.Directory, "haproxy", "1.1.sock")]);
        await start.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, ProcessList.Under(crashed.Directory).Count);

        await using var running = await RunningDataPlane.StartAsync(crashed.Directory);
        await running.ApplyAsync(web);

        await Eventually.IsTrueAsync(() => ProcessList.Under(running.Directory).SequenceEqual([processId]), "the other has ended");
        Assert.Equal(
            ["1.1.sock"], Directory.EnumerateFiles(Path.Combine(running.Directory, "haproxy"), "1.*.sock").Select(Path.GetFileName));
        Assert.Equal(("i-1", processId), (await GetAsync(web.Url()), running.ProcessId));
        Assert.Equal(
            ["1.1.sock"], Directory.EnumerateFiles(Path.Combine(running.Directory, "haproxy"), "1.*.sock").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_member_that_was_unproven_at_a_crash_still_needs_only_one_pass()
    {
        await using var instance = await TestInstance.StartAsync("i-1", checkStatus: 500);
        var crashed = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await crashed.ApplyAsync(web);
        await crashed.CrashAsync();
        instance.CheckStatus = 200;

        await using var running = await RunningDataPlane.StartAsync(crashed.Directory);
        await running.ApplyAsync(web);

        await running.IsPassingAsync(web, "i-1");
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task After_both_were_killed_the_same_load_balancers_serve_again()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var crashed = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await crashed.ApplyAsync(web);
        await crashed.IsPassingAsync(web, "i-1");
        var processId = crashed.ProcessId;
        await crashed.CrashAsync();
        Kill(processId);

        await using var running = await RunningDataPlane.StartAsync(crashed.Directory);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal("i-1", await GetAsync(web.Url()));
    }

    [Fact]
    public async Task A_graceful_stop_ends_the_processes_of_mode_Child()
    {
        await using var running = await RunningDataPlane.StartAsync();
        await running.ApplyAsync(Plans.LoadBalancer("web"));

        await running.StopAsync();

        Assert.Empty(ProcessList.Under(running.Directory));
    }

    [Fact]
    public async Task After_a_graceful_stop_the_next_start_serves_with_the_members_as_they_were()
    {
        await using var good = await TestInstance.StartAsync("i-good");
        await using var bad = await TestInstance.StartAsync("i-bad", checkStatus: 500);
        var stopped = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", good.Planned(), bad.Planned());
        await stopped.ApplyAsync(web);
        await stopped.IsPassingAsync(web, "i-good");
        await stopped.StopAndLeaveAsync();

        // A first check would fail now; of one that was in service it takes more than that.
        good.CheckStatus = 500;
        await using var next = await RunningDataPlane.StartAsync(stopped.Directory);
        await next.ApplyAsync(web);

        Assert.Equal(("i-good", 0), (await GetAsync(web.Url()), bad.Requests));
        Assert.Equal(ObservedHealth.Passing, next.Health(web, "i-good"));
    }

    [Fact]
    public async Task A_graceful_stop_leaves_the_processes_of_mode_Attach()
    {
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.Mode), "Attach"));
        var web = Plans.LoadBalancer("web");
        await running.ApplyAsync(web);

        await running.StopAsync();

        using var response = await Client.GetAsync(web.Url(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Single(ProcessList.Under(running.Directory));
    }
}
