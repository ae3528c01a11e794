using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;

namespace CloudLb.Tests.DataPlanes;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task Counters_never_go_back_and_come_to_what_was_sent()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var rig = await StartAsync();
        try
        {
            var web = Plans.LoadBalancer("web", instance.Planned());
            await rig.ApplyAsync(web);
            await rig.IsAsync(web, "i-1", ObservedHealth.Passing);
            var last = 0L;

            async Task ComesToAsync(int sent) => await Eventually.IsTrueAsync(
                () =>
                {
                    var counted = rig.Counted(web, ZoneCounter.Requests);
                    Assert.InRange(counted, last, sent);
                    return (last = counted) == sent;
                },
                $"{sent} requests are counted");

            await AskAsync(web, 5);
            await ComesToAsync(5);

            await rig.ApplyAsync(web with { Listeners = [web.Listeners[0], Plans.Listener(SecondPort)] });
            await AskAsync(web, 5);
            await ComesToAsync(10);

            rig = await rig.CrashAndFollowAsync();
            await AskAsync(web, 5);
            await rig.ApplyAsync(web);
            await ComesToAsync(15);
            Assert.Equal(15, rig.Counted(web, ZoneCounter.Answers2xx));

            await rig.ApplyAsync(Plans.LoadBalancer("other"));
            Assert.DoesNotContain(rig.Counters.Traffic, traffic => traffic.Id == web.Id);
        }
        finally
        {
            await rig.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_process_that_has_died_is_started_again()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var rig = await StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await rig.ApplyAsync(web);
        await rig.IsAsync(web, "i-1", ObservedHealth.Passing);

        rig.KillProcesses();

        await Eventually.IsTrueAsync(
            async () =>
            {
                await rig.ApplyAsync(web);
                return await TryGetAsync(web.Url()) == "i-1";
            },
            "it is served again");
        Assert.Empty(await rig.Status.FindSilentAsync(Eventually.Limit, Token));
    }

    [Fact]
    public async Task While_nobody_knows_the_plan_what_was_served_last_is_kept()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var rig = await StartAsync();
        try
        {
            Assert.False(await rig.DataPlane.KeepAsync(Token));
            var web = Plans.LoadBalancer("web", instance.Planned());
            await rig.ApplyAsync(web);
            await rig.IsAsync(web, "i-1", ObservedHealth.Passing);

            rig = await rig.CrashAndFollowAsync();
            Assert.True(await rig.DataPlane.KeepAsync(Token));
            await rig.IsAsync(web, "i-1", ObservedHealth.Passing);
            Assert.Equal("i-1", await GetAsync(web.Url()));

            rig.KillProcesses();
            await Eventually.IsTrueAsync(
                async () => await rig.DataPlane.KeepAsync(Token) && await TryGetAsync(web.Url()) == "i-1",
                "what has died is started again");
        }
        finally
        {
            await rig.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_stop_lets_what_is_under_way_end_and_leaves_nobody_listening()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var rig = await StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await rig.ApplyAsync(web);
        await rig.IsAsync(web, "i-1", ObservedHealth.Passing);
        using var client = new HttpClient();
        using var slow = await client.GetAsync(web.Url("/slow"), HttpCompletionOption.ResponseHeadersRead, Token);

        var stopping = rig.StopAsync();
        await Eventually.IsTrueAsync(async () => !await IsTakenAsync(web.Address, Plans.Port), "nobody listens there");
        instance.Release();

        Assert.Equal("begun ended", await slow.Content.ReadAsStringAsync(Token));
        await stopping;
    }
}
