using System.Net;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.Zones.ZonePlans;

namespace CloudLb.Tests.HAProxy.Zones;

/// <summary>Zones, where rules choose the pool, and where the address is not the client's choice.</summary>
public sealed class ZoneRequestTests
{
    [Fact]
    public async Task Pools_of_an_action_keep_their_shares_in_each_zone_also_on_connections_that_a_process_before_has_kept()
    {
        await using var first = await TestInstance.StartAsync("a-1");
        await using var second = await TestInstance.StartAsync("a-2");
        await using var other = await TestInstance.StartAsync("b-1");
        await using var running = await RunningDataPlane.StartAsync();
        var both = new PlannedAction.Forward([new(PoolName, 100), new("other", 300)]);
        var web = LoadBalancer(TrafficMode.Http, first.In("zone-a"), other.In("zone-b"));
        web = web with
        {
            Listeners =
            [
                web.Listeners[0] with { Rules = [new(1, [new PlannedCondition.Path([new("/both")])], both)] },
            ],
            Pools = [web.Pools[0], Pool(TrafficMode.Http, second.In("zone-a"), other.In("zone-b")) with { Name = "other" }],
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await IsPassingAsync(running, web, first, PoolName);
        await IsPassingAsync(running, web, second, "other");
        using var kept = await KeptConnection.OpenAsync(web with { Addresses = [web.Addresses[0]] });
        var counts = new Dictionary<string, int>();
        for (var request = 0; request < 400; request++)
        {
            var id = (await kept.GetAsync("/both"))!.Value.Body;
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }

        // Nine standard deviations to each side, as 175 of 400 would come if the first pool were drawn for twice.
        Assert.Equal(["a-1", "a-2"], counts.Keys.Order());
        Assert.InRange(counts["a-1"], 22, 174);
        Assert.Equal("b-1", await AnsweringAsync(web.Addresses[1]));

        await running.ApplyAsync(web, Plans.LoadBalancer("another"));
        Assert.Equal(2, running.Generation);
        Assert.Equal((200, "a-1"), await kept.GetAsync());
    }

    [Fact]
    public async Task What_another_load_balancer_sends_goes_to_all_zones()
    {
        await using var ofA = await TestInstance.StartAsync("a-1");
        await using var ofB = await TestInstance.StartAsync("b-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = LoadBalancer(TrafficMode.Http, ofA.In("zone-a"), ofB.In("zone-b"));
        web = web with { Listeners = [web.Listeners[0] with { IsTarget = true }] };
        var place = new IPEndPoint(web.Addresses[0], Plans.Port);
        var net = Plans.LoadBalancer("net", new PlannedMember
        {
            Target = "the_web", Address = place.Address, Port = place.Port, Weight = 1,
        }).AsTcp();
        net = net with { Pools = [net.Pools[0] with { MemberPort = Plans.Port, LoadBalancer = place }] };
        net = net with
        {
            Pools = [net.Pools[0] with { Probe = Plans.FastProbe with { Port = Plans.Port, Path = "/", IsOfLoadBalancer = true } }],
        };
        await running.ApplyAsync(web, net);
        Assert.Empty(running.DataPlane.Faults);
        await IsPassingAsync(running, web, ofA, PoolName);
        await IsPassingAsync(running, web, ofB, PoolName);
        await running.IsPassingAsync(net, "the_web");

        Assert.Equal("a-1", await AnsweringAsync(web.Addresses[0]));
        Assert.Equal("a-1 b-1", await AnsweringAsync(net.Address, requests: 64));
    }

    private static Task IsPassingAsync(RunningDataPlane running, PlannedLoadBalancer web, TestInstance instance, string pool) =>
        Eventually.IsTrueAsync(
            () => running.DataPlane.FinderOf(web.Id, pool)(instance.Planned().Id) == ObservedHealth.Passing, $"{instance.Id} in service");
}
