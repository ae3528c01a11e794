using System.Diagnostics;

namespace CloudLb.Tests.HAProxy;

/// <summary>WebSockets through an HTTP listener: a real upgrade, and frames both ways for as long as both sides like.</summary>
public sealed class WebSocketTests
{
    [Fact]
    public async Task Frames_go_both_ways_over_hand_overs_and_changes_of_other_members()
    {
        const int HandOvers = 4;
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var socket = await TestSocket.ConnectAsync(web);
        await socket.TalkAsync();

        for (var round = 0; round < HandOvers; round++)
        {
            var both = web.With(first.Planned(), second.Planned());
            await running.ApplyAsync(both);
            await running.IsPassingAsync(both, "i-2");
            await socket.TalkAsync();
            await running.ApplyAsync(web.With(first.Planned(), second.Planned(drainingUntil: DateTimeOffset.UtcNow.AddMinutes(5))));
            await socket.TalkAsync();
            web = web with { Listeners = [.. web.Listeners, Plans.Listener(8090 + round)] };
            await running.ApplyAsync(web);
            await socket.TalkAsync();
        }

        Assert.Equal(("i-1", 1 + HandOvers), (socket.Instance, running.Generation));
        await socket.CloseAsync();
        await Eventually.IsTrueAsync(() => running.DataPlane.Cells[0].OldProcesses == 0, "the process that had it has ended");
    }

    [Fact]
    public async Task One_that_talks_outlives_the_idle_timeout_and_one_that_is_silent_does_not()
    {
        var idle = TimeSpan.FromSeconds(3);
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        web = web with { Listeners = [web.Listeners[0] with { IdleTimeout = idle }], Pools = [web.Pools[0] with { IdleTimeout = idle }] };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var silent = await TestSocket.ConnectAsync(web);
        using var talking = await TestSocket.ConnectAsync(web);

        var isCut = silent.IsCutAsync();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < idle * 2 || !isCut.IsCompleted;)
        {
            await talking.TalkAsync();
        }

        await isCut;
        await talking.IsCutAsync();
    }

    [Fact]
    public async Task Without_draining_one_is_cut_when_its_member_leaves_and_those_of_others_go_on()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        using var one = await TestSocket.ConnectAsync(web);
        using var other = await TestSocket.ConnectAsync(web);
        Assert.NotEqual(one.Instance, other.Instance);

        await running.ApplyAsync(web.With(one.Instance == "i-1" ? second.Planned() : first.Planned()));

        await one.IsCutAsync();
        await other.TalkAsync();
    }
}
