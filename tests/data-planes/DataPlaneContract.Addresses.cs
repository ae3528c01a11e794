using System.Net;
using CloudLb.Core.Traffic.Health;

namespace CloudLb.Tests.DataPlanes;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task Listeners_are_at_every_address_and_one_that_comes_or_goes_costs_the_others_nothing()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var rig = await StartAsync();
        var (stays, leaves, comes) = (Loopback.Next(), Loopback.Next(), Loopback.Next());
        var web = Plans.LoadBalancer("web", instance.Planned()) with
        {
            Addresses = [stays, leaves],
            Listeners = [Plans.Listener(Plans.Port), Plans.Listener(SecondPort)],
        };
        await rig.ApplyAsync(web);
        await rig.IsAsync(web, "i-1", ObservedHealth.Passing);
        foreach (var (address, port) in new[] { (stays, Plans.Port), (stays, SecondPort), (leaves, Plans.Port), (leaves, SecondPort) })
        {
            Assert.Equal("i-1", await GetAsync(At(address, port)));
        }

        await using var fresh = Traffic.Start(At(stays), clients: 2, closesConnections: true);
        await using var kept = Traffic.Start(At(stays), clients: 2, closesConnections: false);
        Assert.NotNull(rig.Health.WhyNotAt(web.Id, comes));
        await rig.ApplyAsync(web with { Addresses = [stays, leaves, comes] });
        Assert.Null(rig.Health.WhyNotAt(web.Id, comes));
        Assert.Equal("i-1", await GetAsync(At(comes)));
        await rig.ApplyAsync(web with { Addresses = [comes, stays] });
        await Eventually.IsTrueAsync(
            async () => !await IsTakenAsync(leaves, Plans.Port) && !await IsTakenAsync(leaves, SecondPort), "nobody listens there");

        Assert.Equal("i-1", await GetAsync(At(comes, SecondPort)));
        Assert.Empty(rig.DataPlane.Faults);
        foreach (var traffic in new[] { fresh, kept })
        {
            var (requests, failures) = await traffic.StopAsync();
            Assert.True(requests > 0);
            Assert.Empty(failures);
        }
    }

    [Fact]
    public async Task A_listener_that_cannot_be_bound_at_one_address_is_served_at_the_others()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var rig = await StartAsync();
        try
        {
            var (free, taken) = (Loopback.Next(), Loopback.Next());
            var web = Plans.LoadBalancer("web", instance.Planned()) with
            {
                Addresses = [taken, free],
                Listeners = [Plans.Listener(Plans.Port), Plans.Listener(SecondPort)],
            };
            using var taker = Take(taken, Plans.Port);
            await rig.ApplyAsync(web);
            await rig.IsAsync(web, "i-1", ObservedHealth.Passing);

            Assert.Equal("i-1", await GetAsync(At(free)));
            Assert.Equal("i-1", await GetAsync(At(taken, SecondPort)));
            Assert.Null(rig.Health.WhyNotServed(web.Id));
            var fault = Assert.Single(rig.DataPlane.Faults);
            Assert.Equal((web.Id, Plans.Port, taken), (fault.LoadBalancer, fault.Port, fault.Address));
            Assert.Equal((fault.Reason, null), (rig.Health.WhyNotAt(web.Id, taken), rig.Health.WhyNotAt(web.Id, free)));

            // What is served is known after a crash, too.
            rig = await rig.CrashAndFollowAsync();
            await rig.ApplyAsync(web);
            Assert.Equal("i-1", await GetAsync(At(free)));
            Assert.Equal(taken, Assert.Single(rig.DataPlane.Faults).Address);
            taker.Dispose();
            await Eventually.IsTrueAsync(
                async () =>
                {
                    await rig.ApplyAsync(web);
                    return await TryGetAsync(At(taken)) == "i-1";
                },
                "it is served there when the port is free");
            Assert.Empty(rig.DataPlane.Faults);
            Assert.Null(rig.Health.WhyNotAt(web.Id, taken));
        }
        finally
        {
            await rig.DisposeAsync();
        }
    }

    private static Uri At(IPAddress address, int port = Plans.Port) => new($"http://{address}:{port}/");
}
