using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// What is under way when something is deleted: that of a load balancer is cut, in the process that serves and in those before it, whatever
/// else is there. AWS says of listeners: "Active connections are closed. Any requests in progress … will likely fail".
/// </summary>
public sealed class DeletionTests
{
    [Theory]
    [InlineData(TrafficMode.Http, true)]
    [InlineData(TrafficMode.Http, false)]
    [InlineData(TrafficMode.Tcp, true)]
    [InlineData(TrafficMode.Tcp, false)]
    public async Task Whatever_a_deleted_load_balancer_has_is_cut(TrafficMode mode, bool isLast)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var (web, other) = (Web(mode, instance), Plans.LoadBalancer("other"));
        PlannedLoadBalancer[] beside = isLast ? [] : [other];
        await running.ApplyAsync([.. beside, web]);
        await running.IsPassingAsync(web, "i-1");
        using var inOldProcess = await TestSocket.ConnectAsync(web);
        web = web with { Listeners = [web.Listeners[0], web.Listeners[0] with { Port = 8090 }] };
        await running.ApplyAsync([.. beside, web]);
        using var inProcess = await TestSocket.ConnectAsync(web);
        await inOldProcess.TalkAsync();

        await running.ApplyAsync(beside);

        await inProcess.IsCutAsync();
        await inOldProcess.IsCutAsync();
    }

    [Theory]
    [InlineData(TrafficMode.Http)]
    [InlineData(TrafficMode.Tcp)]
    public async Task What_a_deleted_listener_has_goes_on_where_another_one_has_its_instances(TrafficMode mode)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Web(mode, instance);
        var deleted = web.Listeners[0] with { Port = 8090 };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var begun = await TestSocket.ConnectAsync(web);
        await running.ApplyAsync(web with { Listeners = [web.Listeners[0], deleted] });

        await running.ApplyAsync(web with { Listeners = [deleted] });

        await begun.TalkAsync();
        Assert.Null(await TestRequests.TryGetAsync(web.Url()));
    }

    private static PlannedLoadBalancer Web(TrafficMode mode, TestInstance instance)
    {
        var web = Plans.LoadBalancer("web", instance.Planned());
        return mode == TrafficMode.Tcp ? web.AsTcp() : web;
    }
}
