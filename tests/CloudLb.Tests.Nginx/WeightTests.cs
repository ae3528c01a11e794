using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.Nginx;

/// <summary>Flows of a listener are given to several pools by their weights.</summary>
public sealed class WeightTests
{
    [Fact]
    public async Task Each_pool_is_given_its_share_of_the_flows_and_one_of_weight_0_nothing()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2"), third = new("i-3");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Of(first.Planned(), second.Planned(), third.Planned());

        await nginx.ApplyAsync(With(dns, 1, 3, 0));
        Assert.Empty(nginx.DataPlane.Faults);
        var counts = await CountsAsync(dns.Place(), 400);
        Assert.Equal(["i-1", "i-2"], counts.Keys.Order());

        // A quarter of 400, and nearly seven times the deviation of such a number to either side.
        Assert.InRange(counts["i-1"], 41, 159);

        await nginx.ApplyAsync(With(dns, 0, 0, 999));
        Assert.Equal(["i-3"], (await CountsAsync(dns.Place(), 24)).Keys);
        await nginx.ApplyAsync(With(dns, 0, 0, 0));
        Assert.Null(await DatagramClient.AskOnceAsync(dns.Place()));
    }

    [Fact]
    public async Task A_flow_stays_in_its_pool_with_its_member_also_over_a_change_of_another_pool()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2"), third = new("i-3");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = With(Of(first.Planned(), second.Planned(), third.Planned()), 1, 1, 1);
        await nginx.ApplyAsync(dns);
        var clients = Enumerable.Range(0, 30).Select(_ => new DatagramClient()).ToList();
        var before = await AnswersAsync(clients, dns.Place());
        Assert.Equal(["i-1", "i-2", "i-3"], before.Distinct().Order());
        Assert.Equal(before, await AnswersAsync(clients, dns.Place()));

        // Whose pool has nobody any more are given to nobody, and no other flow moves.
        await nginx.ApplyAsync(dns with { Pools = [dns.Pools[0], dns.Pools[1] with { Members = [] }, dns.Pools[2]] });
        var after = await Task.WhenAll(clients.Zip(before).Where(each => each.Second != dns.Pools[1].Members[0].Target)
            .Select(each => each.First.AskAsync(dns.Place())));
        Assert.Equal(before.Where(answer => answer != dns.Pools[1].Members[0].Target), after);
        var (left, _) = clients.Zip(before).First(each => each.Second == dns.Pools[1].Members[0].Target);
        Assert.Null(await left.AskAsync(dns.Place()));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task All_flows_of_a_client_go_to_one_pool_where_its_address_decides()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2"), third = new("i-3");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Of(first.Planned(), second.Planned(), third.Planned());
        await nginx.ApplyAsync(dns with
        {
            Listeners = [Plans.Listener(Plans.Port) with { DefaultAction = Forward(1, 1, 1) with { IsBySource = true } }],
        });
        Assert.Empty(nginx.DataPlane.Faults);
        var answers = new List<string>();
        for (var number = 1; number <= 40; number++)
        {
            var ids = new HashSet<string?>();
            for (var flow = 0; flow < 3; flow++)
            {
                using var client = new DatagramClient(new IPAddress([127, 77, 2, (byte)number]));
                ids.Add(await client.AskAsync(dns.Place()));
            }

            answers.Add(Assert.Single(ids)!);
        }

        Assert.Equal(["i-1", "i-2", "i-3"], answers.Distinct().Order());
    }

    [Fact]
    public async Task Each_pool_follows_its_checks_is_open_by_itself_and_keeps_a_source_by_its_own_setting()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2"), third = new("i-3");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = With(Of(first.Planned(), second.Planned(), third.Planned()), 1, 1, 0);
        dns = dns with
        {
            Pools =
            [
                dns.Pools[0] with { FailsOpenBelow = 1 }, dns.Pools[1],
                dns.Pools[2] with { Balance = PoolBalance.Source, Members = Plans.Pool(first.Planned(), second.Planned()).Members },
            ],
        };
        nginx.Health["i-1"] = ObservedHealth.Failed;
        nginx.Health["i-3"] = ObservedHealth.Failed;
        await nginx.ApplyAsync(dns);
        Assert.Equal(["i-1", "i-2"], (await CountsAsync(dns.Place(), 24)).Keys.Order());

        nginx.Health["i-1"] = ObservedHealth.Passing;
        await nginx.ApplyAsync(With(dns, 0, 0, 1));
        await nginx.ApplyAsync(dns with
        {
            Listeners = [Plans.Listener(Plans.Port) with { DefaultAction = Forward(0, 1, 1) }],
            Pools = [dns.Pools[0], dns.Pools[1] with { Members = Plans.Pool(third.Planned()).Members, FailsOpenBelow = 1 }, dns.Pools[2]],
        });
        var counts = (await CountsAsync(dns.Place(), 40)).Keys.Order().ToList();
        Assert.Equal(2, counts.Count);
        Assert.Contains("i-3", counts);
    }

    [Fact]
    public async Task An_address_of_a_zone_has_its_part_of_each_pool_whose_zones_are_told_apart()
    {
        await using EchoTarget ofA = new("a-1"), ofB = new("b-1"), other = new("x-1");
        await using var nginx = await RunningNginx.StartAsync();
        var (inA, inB) = (Loopback.Next(), Loopback.Next());
        var dns = Of(ofA.Planned(), other.Planned(), other.Planned());
        dns = With(dns, 1, 1, 0) with
        {
            Addresses = [inA, inB],
            Zones = [new("zone-a", [inA]), new("zone-b", [inB])],
            Pools =
            [
                dns.Pools[0] with
                {
                    IsByZone = true,
                    Members = Plans.Pool(ofA.Planned() with { Zone = "zone-a" }, ofB.Planned() with { Zone = "zone-b" }).Members,
                },
                dns.Pools[1], dns.Pools[2],
            ],
        };
        await nginx.ApplyAsync(dns);

        Assert.Equal(["a-1", "x-1"], (await CountsAsync(new(inA, Plans.Port), 40)).Keys.Order());
        Assert.Equal(["b-1", "x-1"], (await CountsAsync(new(inB, Plans.Port), 40)).Keys.Order());
    }

    private static PlannedLoadBalancer Of(params PlannedMember[] members) => Plans.LoadBalancer("dns") with
    {
        Pools = members.Select((member, index) => Plans.Pool(member) with { Name = NameOf(index) }).ToEquatableArray(),
    };

    private static PlannedLoadBalancer With(PlannedLoadBalancer dns, params int[] weights) =>
        dns with { Listeners = [Plans.Listener(Plans.Port) with { DefaultAction = Forward(weights) }] };

    private static PlannedAction.Forward Forward(params int[] weights) =>
        new(weights.Select((weight, index) => new WeightedPool(NameOf(index), weight)).ToEquatableArray());

    private static string NameOf(int index) => $"targetgroup-{(char)('a' + index)}-0123456789abcdef";

    private static async Task<List<string?>> AnswersAsync(List<DatagramClient> clients, IPEndPoint place)
    {
        var answers = new List<string?>();
        foreach (var client in clients)
        {
            answers.Add(await client.AskAsync(place));
        }

        return answers;
    }

    /// <summary>Who answers new flows, and how many.</summary>
    private static async Task<Dictionary<string, int>> CountsAsync(IPEndPoint place, int flows)
    {
        var counts = new Dictionary<string, int>();
        for (var flow = 0; flow < flows; flow++)
        {
            var id = await DatagramClient.AskOnceAsync(place) ?? "";
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }

        return counts;
    }
}
