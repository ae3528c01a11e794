using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// What a client has of an instance that fails its checks: with connection draining off it is closed at once, else it may end in its own
/// time.
/// </summary>
public sealed class FailedMemberTests
{
    [Theory]
    [InlineData(TrafficMode.Http, false)]
    [InlineData(TrafficMode.Http, true)]
    [InlineData(TrafficMode.Tcp, false)]
    [InlineData(TrafficMode.Tcp, true)]
    [InlineData(TrafficMode.Tcp, true, true)]
    public async Task Where_the_plan_says_so_it_is_closed_in_whichever_process_it_is(TrafficMode mode, bool isAdded, bool drains = false)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Serving(mode, isClosed: true, instance.Planned());
        web = web with { Pools = [web.Pools[0] with { DrainsWhenRemoved = drains }] };
        if (isAdded)
        {
            await running.ApplyAsync(web.With());
        }

        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var before = await KeptConnection.OpenAsync(web);
        await before.BeginAsync("/slow");
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));
        using var after = await KeptConnection.OpenAsync(web);
        await after.BeginAsync("/slow");

        instance.CheckStatus = 500;

        await after.IsClosedAsync();
        await before.IsClosedAsync();
    }

    [Theory]
    [InlineData(TrafficMode.Http)]
    [InlineData(TrafficMode.Tcp)]
    public async Task With_draining_it_ends_in_its_own_time(TrafficMode mode)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Serving(mode, isClosed: false, instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var before = await TestSocket.ConnectAsync(web);
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));
        using var after = await TestSocket.ConnectAsync(web);

        instance.CheckStatus = 500;
        await Eventually.IsTrueAsync(() => running.Health(web, "i-1") == ObservedHealth.Failed, "i-1 is out of service");

        await before.TalkAsync();
        await after.TalkAsync();
    }

    [Fact]
    public async Task It_is_closed_too_where_the_process_learns_of_the_failure_from_CloudLb()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Serving(TrafficMode.Http, isClosed: true, instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var kept = await KeptConnection.OpenAsync(web);
        await kept.BeginAsync("/slow");

        await running.AskAsync("set server 123456789012:us-east-1:web:http-8081/i-1 health down");

        await kept.IsClosedAsync();
    }

    private static PlannedLoadBalancer Serving(TrafficMode mode, bool isClosed, params PlannedMember[] members)
    {
        var web = Plans.LoadBalancer("web", members);
        web = (mode == TrafficMode.Tcp ? web.AsTcp() : web).Checked(Plans.FastProbe);
        return web with { Pools = [web.Pools[0] with { IsClosedOnFailure = isClosed }] };
    }
}
