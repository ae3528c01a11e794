using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.DataPlanes;

/// <summary>What every data plane does, whatever moves its traffic. The tests of an engine inherit this.</summary>
public abstract partial class DataPlaneContract
{
    private const int SecondPort = 8090;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A data plane that has served nothing yet, or null, which skips, where the engine is not installed.</summary>
    private protected abstract Task<DataPlaneRig> StartAsync();

    [Fact]
    public async Task A_plan_is_served_and_told()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var rig = await StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());

        Assert.Null(rig.Health.Find(web.Id, "i-1"));
        Assert.Null(await rig.Status.ReadAsync(web.Id, Token));
        await rig.ApplyAsync(web);
        await rig.IsAsync(web, "i-1", ObservedHealth.Passing);

        Assert.Equal("i-1", await GetAsync(web.Url()));
        Assert.Empty(rig.DataPlane.Faults);
        Assert.Null(rig.Health.WhyNotServed(web.Id));
        Assert.NotEmpty(rig.Status.Engine);
        Assert.Equal(1, rig.Status.Processes.Sum(process => process.LoadBalancers));
        Assert.Empty(await rig.Status.FindSilentAsync(Eventually.Limit, Token));
        var told = Assert.Single((await rig.Status.ReadAsync(web.Id, Token))!.Instances);
        Assert.Equal(("i-1", true, true), (told.InstanceId, told.IsThere, told.IsUp));
    }

    [Fact]
    public async Task The_same_plan_again_changes_nothing()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var rig = await StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await rig.ApplyAsync(web);
        await rig.IsAsync(web, "i-1", ObservedHealth.Passing);
        var before = rig.Status.Processes;

        await rig.ApplyAsync(web);

        Assert.Equal(before, rig.Status.Processes);
    }

    [Fact]
    public async Task Members_change_and_listeners_come_without_a_lost_request()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var rig = await StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned());
        await rig.ApplyAsync(web);
        await rig.IsAsync(web, "i-1", ObservedHealth.Passing);
        await using var fresh = Traffic.Start(web.Url(), clients: 2, closesConnections: true);
        await using var kept = Traffic.Start(web.Url(), clients: 2, closesConnections: false);

        await rig.ApplyAsync(web.With(first.Planned(), second.Planned()));
        await rig.IsAsync(web, "i-2", ObservedHealth.Passing);
        await Eventually.IsTrueAsync(() => second.Requests > 0, "the second instance is asked");
        var drained = web.With(first.Planned(DateTimeOffset.UtcNow.AddMinutes(5)), second.Planned());
        await rig.ApplyAsync(drained);
        await rig.ApplyAsync(drained with { Listeners = [web.Listeners[0], Plans.Listener(SecondPort)] });
        await Eventually.IsTrueAsync(async () => await AsksOnlyAsync(second, first, web), "the first instance is asked no more");
        Assert.Equal("i-2", await GetAsync(Second(web)));
        foreach (var traffic in new[] { fresh, kept })
        {
            var (requests, failures) = await traffic.StopAsync();
            Assert.True(requests > 0);
            Assert.Empty(failures);
        }
    }

    [Fact]
    public async Task What_is_no_longer_planned_is_no_longer_served_and_the_rest_is()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var rig = await StartAsync();
        var (web, other) = (Plans.LoadBalancer("web", instance.Planned()), Plans.LoadBalancer("other", instance.Planned()));
        await rig.ApplyAsync(web, other);
        await rig.IsAsync(web, "i-1", ObservedHealth.Passing);
        await rig.IsAsync(other, "i-1", ObservedHealth.Passing);

        await rig.ApplyAsync(other);

        await Eventually.IsTrueAsync(async () => !await IsTakenAsync(web.Address, Plans.Port), "nobody listens there");
        Assert.Null(rig.Health.Find(web.Id, "i-1"));
        Assert.Null(await rig.Status.ReadAsync(web.Id, Token));
        Assert.Equal("i-1", await GetAsync(other.Url()));
    }

    [Fact]
    public async Task What_cannot_be_served_is_told_where_the_user_looks_and_the_rest_is_served()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var rig = await StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var both = web with { Listeners = [web.Listeners[0], Plans.Listener(SecondPort)] };
        var nowhere = Plans.LoadBalancer("nowhere", IPAddress.Parse("192.0.2.1"), instance.Planned());
        var uncertified = Plans.LoadBalancer("uncertified", instance.Planned()).Secure(Plans.Tls("nobody-has-this"));
        using var taker = Take(web.Address, SecondPort);

        await rig.ApplyAsync(both, nowhere, uncertified);
        await rig.IsAsync(web, "i-1", ObservedHealth.Passing);

        Assert.Equal("i-1", await GetAsync(web.Url()));
        Assert.Null(rig.Health.WhyNotServed(web.Id));
        Assert.Contains(rig.DataPlane.Faults, fault => (fault.LoadBalancer, fault.Port) == (web.Id, SecondPort));
        foreach (var id in new[] { nowhere.Id, uncertified.Id })
        {
            Assert.Contains(rig.DataPlane.Faults, fault => fault.LoadBalancer == id);
            Assert.NotNull(rig.Health.WhyNotServed(id));
        }

        Assert.All(rig.DataPlane.Faults, fault => Assert.EndsWith(".", fault.Reason, StringComparison.Ordinal));
        taker.Dispose();
        await Eventually.IsTrueAsync(
            async () =>
            {
                await rig.ApplyAsync(both);
                return await TryGetAsync(Second(web)) == "i-1";
            },
            "the listener is served when its port is free");
        Assert.Empty(rig.DataPlane.Faults);
    }

    [Fact]
    public async Task Health_follows_the_checks()
    {
        await using var well = await TestInstance.StartAsync("i-1");
        await using var ill = await TestInstance.StartAsync("i-2", checkStatus: 503);
        await using var rig = await StartAsync();
        var web = Plans.LoadBalancer("web", well.Planned(), ill.Planned()).Checked(Plans.FastProbe);

        await rig.ApplyAsync(web);
        await rig.IsAsync(web, "i-1", ObservedHealth.Passing);
        await rig.IsAsync(web, "i-2", ObservedHealth.Failed);
        Assert.Equal("i-1", await GetAsync(web.Url()));
        Assert.Null(rig.Health.Find(web.Id, "i-3"));

        (well.CheckStatus, ill.CheckStatus) = (503, 200);
        await rig.IsAsync(web, "i-2", ObservedHealth.Passing);
        await rig.IsAsync(web, "i-1", ObservedHealth.Failed);
        Assert.Equal("i-2", await GetAsync(web.Url()));
    }

    private static Uri Second(PlannedLoadBalancer loadBalancer) => new($"http://{loadBalancer.Address}:{SecondPort}/");

    /// <summary>On a connection of its own.</summary>
    private static async Task<string> GetAsync(Uri url)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(url, Token);
    }

    private static async Task<string?> TryGetAsync(Uri url)
    {
        try
        {
            return await GetAsync(url);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task AskAsync(PlannedLoadBalancer loadBalancer, int times)
    {
        for (var count = 0; count < times; count++)
        {
            await GetAsync(loadBalancer.Url());
        }
    }

    /// <summary>Whether the next requests go to the one and not to the other.</summary>
    private static async Task<bool> AsksOnlyAsync(TestInstance one, TestInstance other, PlannedLoadBalancer loadBalancer)
    {
        var before = other.Requests;
        for (var count = 0; count < 5; count++)
        {
            if (await GetAsync(loadBalancer.Url()) != one.Id)
            {
                return false;
            }
        }

        return other.Requests == before;
    }

    private static Socket Take(IPAddress address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen();
        return socket;
    }

    private static async Task<bool> IsTakenAsync(IPAddress address, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, port, Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
