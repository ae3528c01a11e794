using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// What drains ends at its limit and not before, in the process that serves and in those before it, whatever the machine's clock does.
/// </summary>
public sealed class DrainingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(TrafficMode.Http)]
    [InlineData(TrafficMode.Tcp)]
    public async Task It_ends_at_the_limit_and_not_a_second_before(TrafficMode mode)
    {
        var clock = new TestClock();
        await using var draining = await TestInstance.StartAsync("i-1");
        await using var other = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(clock);
        var (web, before) = await ServeAsync(running, mode, draining, other);
        using var inOldProcess = before;
        using var inProcess = await ToAsync(web, "i-1");
        var until = clock.GetUtcNow() + Limit;
        await running.ApplyAsync(web.With(draining.Planned(until), other.Planned()));

        clock.StopAt(until - Second);
        await IsTendedAsync(running, web.With(draining.Planned(until), other.Planned(until + Limit)));
        await inProcess.TalkAsync();
        await inOldProcess.TalkAsync();
        clock.StopAt(until + Second);

        await inProcess.IsCutAsync();
        await inOldProcess.IsCutAsync();
    }

    [Fact]
    public async Task It_goes_on_where_the_connections_of_a_failed_member_are_closed()
    {
        await using var leaving = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", leaving.Planned()).AsTcp().Checked(Plans.FastProbe);
        web = web with { Pools = [web.Pools[0] with { IsClosedOnFailure = true, DrainsWhenRemoved = true }] };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var socket = await TestSocket.ConnectAsync(web);

        await running.ApplyAsync(web.With(leaving.Planned(DateTimeOffset.UtcNow + Limit)));

        await socket.TalkAsync();
    }

    [Fact]
    public async Task Without_a_limit_connections_go_on_also_when_the_member_is_planned_no_more()
    {
        var clock = new TestClock();
        await using var draining = await TestInstance.StartAsync("i-1");
        await using var other = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(clock);
        var (web, before) = await ServeAsync(running, TrafficMode.Tcp, draining, other);
        using var inOldProcess = before;
        using var inProcess = await ToAsync(web, "i-1");
        await running.ApplyAsync(web.With(draining.Planned(PlannedMember.WithoutLimit), other.Planned()));

        clock.StopAt(clock.GetUtcNow() + TimeSpan.FromDays(1));
        await running.ApplyAsync(web.With(other.Planned()));
        await IsTendedAsync(running, web.With(other.Planned(clock.GetUtcNow())));

        await inProcess.TalkAsync();
        await inOldProcess.TalkAsync();
        Assert.Equal(2, running.Generation);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_jump_of_the_clock_neither_prolongs_it_nor_cuts_it_short(int hours)
    {
        var clock = new TestClock();
        await using var draining = await TestInstance.StartAsync("i-1");
        await using var other = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(clock);
        var (web, before) = await ServeAsync(running, TrafficMode.Http, draining, other);
        using var inOldProcess = before;
        using var inProcess = await ToAsync(web, "i-1");
        var until = clock.GetUtcNow() + Limit;
        await running.ApplyAsync(web.With(draining.Planned(until), other.Planned()));

        // What follows is planned as CloudLb plans it by the new time of day: at the next deregistration, what is over by then is left out.
        clock.Jump(TimeSpan.FromHours(hours));
        var after = clock.GetUtcNow() + Limit;
        PlannedMember[] members = hours > 0 ? [other.Planned(after)] : [draining.Planned(until), other.Planned(after)];
        await IsTendedAsync(running, web.With(members));
        await running.ApplyAsync(web.With(members) with { Listeners = [.. web.Listeners, Plans.Listener(8091)] });
        Assert.Equal(3, running.Generation);
        await inProcess.TalkAsync();
        await inOldProcess.TalkAsync();
        clock.StopAt(until + Second);

        await inProcess.IsCutAsync();
        await inOldProcess.IsCutAsync();
    }

    [Fact]
    public async Task A_member_that_comes_back_keeps_what_the_process_before_has_of_it()
    {
        var clock = new TestClock();
        await using var back = await TestInstance.StartAsync("i-1");
        await using var other = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(clock);
        var (web, before) = await ServeAsync(running, TrafficMode.Http, back, other);
        using var inOldProcess = before;
        var until = clock.GetUtcNow() + Limit;
        await running.ApplyAsync(web.With(back.Planned(until), other.Planned()));

        await running.ApplyAsync(web);
        clock.StopAt(until + Second);
        await IsTendedAsync(running, web.With(back.Planned(), other.Planned(until + Limit)));

        await inOldProcess.TalkAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_member_that_leaves_with_nothing_to_finish_is_done_at_once(bool isHandedOver)
    {
        await using var leaving = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", leaving.Planned());
        var other = Plans.LoadBalancer("other");
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var kept = await KeptConnection.OpenAsync(web);
        Assert.Equal(200, (await kept.GetAsync())?.Status);
        await running.ApplyAsync(isHandedOver ? [web, other] : [web]);

        var left = web.With(leaving.Planned(DateTimeOffset.UtcNow + Limit));
        await running.ApplyAsync(isHandedOver ? [left, other] : [left]);

        Assert.Null(running.Health(left, "i-1"));
    }

    [Fact]
    public async Task A_member_that_leaves_out_of_service_is_done_at_once_and_finishes_what_it_has()
    {
        await using var leaving = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", leaving.Planned()).Checked(Plans.FastProbe);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var begun = await TestSocket.ConnectAsync(web);
        leaving.CheckStatus = 500;
        await Eventually.IsTrueAsync(() => running.Health(web, "i-1") == ObservedHealth.Failed, "i-1 is out of service");

        var seen = new List<ObservedHealth?>();
        var left = web.With(leaving.Planned(DateTimeOffset.UtcNow + Limit)).Checked(Plans.FastProbe);
        var applied = running.ApplyAsync(left);
        do
        {
            seen.Add(running.Health(web, "i-1"));
            await Task.Yield();
        }
        while (!applied.IsCompleted);

        await applied;
        seen.Add(running.Health(left, "i-1"));
        Assert.DoesNotContain(ObservedHealth.Draining, seen);
        Assert.Null(seen[^1]);
        await begun.TalkAsync();
    }

    [Fact]
    public async Task A_member_is_done_when_the_process_before_has_finished_what_it_had_of_it()
    {
        await using var leaving = await TestInstance.StartAsync("i-1");
        await using var other = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var (web, before) = await ServeAsync(running, TrafficMode.Http, leaving, other);
        using var inOldProcess = before;
        var left = web.With(leaving.Planned(DateTimeOffset.UtcNow + Limit), other.Planned());
        await running.ApplyAsync(left);
        Assert.Equal(ObservedHealth.Draining, running.Health(left, "i-1"));

        await inOldProcess.CloseAsync();

        await Eventually.IsTrueAsync(() => running.Health(left, "i-1") is null, "i-1 is done");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_hand_over_is_put_off_by_no_jump_of_the_clock(int hours)
    {
        var clock = new TestClock();
        await using var running = await RunningDataPlane.StartAsync(clock);
        await running.ApplyAsync(Plans.LoadBalancer("before"));

        clock.Jump(TimeSpan.FromHours(hours));
        var after = Plans.LoadBalancer("after");
        await running.ApplyAsync(Plans.LoadBalancer("before"), after);

        using var answer = await TestRequests.Client.GetAsync(after.Url(), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    /// <summary>Two instances that are served by the second process, and a connection to the first instance in the first process.</summary>
    private static async Task<(PlannedLoadBalancer Web, TestSocket InOldProcess)> ServeAsync(
        RunningDataPlane running, TrafficMode mode, TestInstance first, TestInstance second)
    {
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned());
        web = mode == TrafficMode.Tcp ? web.AsTcp() : web;
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, first.Id, second.Id);
        var socket = await ToAsync(web, first.Id);
        web = web with { Listeners = [web.Listeners[0], web.Listeners[0] with { Port = 8090 }] };
        await running.ApplyAsync(web);
        Assert.Equal(2, running.Generation);
        return (web, socket);
    }

    private static async Task<TestSocket> ToAsync(PlannedLoadBalancer web, string instanceId)
    {
        while (true)
        {
            var socket = await TestSocket.ConnectAsync(web);
            if (socket.Instance == instanceId)
            {
                return socket;
            }

            socket.Dispose();
        }
    }

    /// <summary>
    /// Applies the plan, and returns when what drains has been looked after since: the instance <c>i-2</c>, which drains in it and has
    /// nothing to finish, is gone.
    /// </summary>
    private static async Task IsTendedAsync(RunningDataPlane running, PlannedLoadBalancer plan)
    {
        await running.ApplyAsync(plan);
        await Eventually.IsTrueAsync(
            async () => !(await running.AskAsync("show servers state")).Contains(" i-2 ", StringComparison.Ordinal), "i-2 has drained");
    }
}
