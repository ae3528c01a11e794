using System.Net;
using System.Net.Sockets;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;

namespace CloudLb.Tests.HAProxy;

/// <summary>Connections of a listener without HTTP are given to several pools by their weights.</summary>
public sealed class StreamWeightTests
{
    private static readonly (string, string) Often = (nameof(HAProxyOptions.PollInterval), "00:00:00.2");

    [Fact]
    public async Task Weights_change_without_a_hand_over_and_no_connection_goes_by_those_before_or_is_lost()
    {
        await using var pools = await ThreePools.StartAsync();
        await using var running = await RunningDataPlane.StartAsync();
        await pools.ApplyAsync(running, 1, 1, 0);
        using var stopping = new CancellationTokenSource();
        var load = LoadAsync(pools.Net, stopping.Token);

        foreach (var (one, two, three, expected) in new[]
        {
            (0, 1, 0, "i-2"), (0, 0, 7, "i-3"), (999, 0, 0, "i-1"), (0, 5, 5, "i-2 i-3"), (1, 0, 1, "i-1 i-3"), (0, 1, 0, "i-2"),
        })
        {
            await pools.ApplyAsync(running, one, two, three);
            Assert.Equal(expected, await AnsweringAsync(pools.Net));
        }

        await stopping.CancelAsync();
        Assert.DoesNotContain(null, await load);
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task Each_pool_is_given_its_share_and_a_connection_that_there_is_stays_where_it_is()
    {
        await using var pools = await ThreePools.StartAsync();
        await using var running = await RunningDataPlane.StartAsync();
        await pools.ApplyAsync(running, 1, 0, 0);
        using var kept = await KeptConnection.OpenAsync(pools.Net);
        Assert.Equal((200, "i-1"), await kept.GetAsync());

        await pools.ApplyAsync(running, 0, 10, 90);
        Assert.Equal((200, "i-1"), await kept.GetAsync());
        var counts = new Dictionary<string, int>();
        for (var connection = 0; connection < 400; connection++)
        {
            var id = await TestRequests.GetAsync(pools.Net.Url());
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }

        // A tenth of 400, and seven times the deviation of such a number to either side.
        Assert.Equal(["i-2", "i-3"], counts.Keys.Order());
        Assert.InRange(counts["i-2"], 1, 82);
    }

    [Fact]
    public async Task A_pool_with_nobody_in_service_keeps_its_share_or_is_open_and_the_others_theirs()
    {
        await using var pools = await ThreePools.StartAsync(failsOpenBelow: 1);
        await using var running = await RunningDataPlane.StartAsync(settings: Often);
        await pools.ApplyAsync(running, 1, 1, 0);
        pools.First.CheckStatus = 500;
        await DownAsync(running, "one");
        Assert.Equal("i-1 i-2", await AnsweringAsync(pools.Net));

        // One that has no members has nobody, and the others take none of its share.
        await running.ApplyAsync(pools.Net with
        {
            Pools = pools.Net.Pools.Select(pool => pool.Name == "one" ? pool with { Members = [] } : pool).ToEquatableArray(),
            Listeners = [ThreePools.Listener(1, 1, 0)],
        });
        Assert.Equal(" i-2", await AnsweringAsync(pools.Net));
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task Where_no_pool_is_given_anything_connections_are_closed()
    {
        await using var pools = await ThreePools.StartAsync();
        await using var running = await RunningDataPlane.StartAsync();
        await pools.ApplyAsync(running, 0, 0, 0);
        using var client = new TcpClient();
        await client.ConnectAsync(pools.Net.Address, Plans.Port, TestContext.Current.CancellationToken);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));

        await pools.ApplyAsync(running, 0, 0, 1);
        await running.IsAloneAsync();
        Assert.Equal("i-3", await AnsweringAsync(pools.Net));
    }

    [Fact]
    public async Task A_client_stays_with_a_member_of_each_pool_that_keeps_it_and_members_leave_without_a_new_process()
    {
        await using var pools = await ThreePools.StartAsync();
        await using var running = await RunningDataPlane.StartAsync();
        var (one, two, three) = (pools.First.Planned(), pools.Second.Planned(), pools.Third.Planned());
        var sticky = With(one, two);
        await running.ApplyAsync(sticky);
        await ThreePools.UpAsync(running, 3);

        var answering = await AnsweringAsync(sticky);
        Assert.Contains(answering, new[] { "i-1 i-3", "i-2 i-3" });

        var gone = answering.StartsWith("i-1", StringComparison.Ordinal) ? one : two;
        await running.ApplyAsync(With([.. new[] { one, two }.Where(member => member != gone)]));
        Assert.Equal(answering == "i-1 i-3" ? "i-2 i-3" : "i-1 i-3", await AnsweringAsync(sticky));
        Assert.Equal(1, running.Generation);

        PlannedLoadBalancer With(params PlannedMember[] members) => pools.Net with
        {
            Listeners = [ThreePools.Listener(1, 0, 1)],
            Pools = pools.Net.Pools
                .Select(pool => pool.Name switch
                {
                    "one" => pool with { Balance = PoolBalance.Source, Members = members.ToEquatableArray() },
                    "three" => pool with { Members = [three] },
                    _ => pool with { Members = [] },
                })
                .ToEquatableArray(),
        };
    }

    [Fact]
    public async Task A_zone_has_its_part_of_each_pool_whose_zones_are_told_apart()
    {
        await using var pools = await ThreePools.StartAsync();
        await using var running = await RunningDataPlane.StartAsync();
        var (inA, inB) = (Loopback.Next(), Loopback.Next());
        var net = pools.Net with
        {
            Addresses = [inA, inB],
            Zones = [new("zone-a", [inA]), new("zone-b", [inB])],
            Listeners = [ThreePools.Listener(1, 0, 1)],
            Pools = pools.Net.Pools
                .Select(pool => pool.Name == "one"
                    ? pool with
                    {
                        IsByZone = true,
                        Members = [pools.First.Planned() with { Zone = "zone-a" }, pools.Second.Planned() with { Zone = "zone-b" }],
                    }
                    : pool)
                .ToEquatableArray(),
        };
        await running.ApplyAsync(net);
        Assert.Empty(running.DataPlane.Faults);
        await ThreePools.UpAsync(running, 4);

        Assert.Equal(("i-1 i-3", "i-2 i-3"), (await AnsweringAsync(inA), await AnsweringAsync(inB)));
    }

    [Fact]
    public async Task Weights_hold_over_a_start_and_for_TLS()
    {
        await using var pools = await ThreePools.StartAsync();
        var before = await RunningDataPlane.StartAsync();
        var tls = Plans.Tls(before.Certificates.Add(TestCertificate.SelfSigned()));
        var secure = pools.Net with
        {
            Listeners = [ThreePools.Listener(0, 1, 0) with { Tls = tls }, ThreePools.Listener(0, 0, 1) with { Port = 8081 }],
        };
        await before.ApplyAsync(secure);
        await ThreePools.UpAsync(before, 3);
        Assert.Empty(before.DataPlane.Faults);
        await before.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(before.Directory);
        before.Certificates.CopyTo(running.Certificates);
        await running.ApplyAsync(secure);
        Assert.Equal(1, running.Generation);
        using var client = SecureRequests.Client(out _);
        Assert.Equal("i-2", await client.GetStringAsync(SecureRequests.SecureUrl(secure), TestContext.Current.CancellationToken));
        Assert.Equal("i-3", await TestRequests.GetAsync(new Uri($"http://{secure.Address}:8081/")));
    }

    /// <summary>Connects without a pause; who answered, null for nobody.</summary>
    private static async Task<List<string?>> LoadAsync(PlannedLoadBalancer net, CancellationToken stopping)
    {
        var answers = new List<string?>();
        while (!stopping.IsCancellationRequested)
        {
            answers.Add(await TestRequests.TryGetAsync(net.Url()));
        }

        return answers;
    }

    private static Task<string> AnsweringAsync(PlannedLoadBalancer net) => AnsweringAsync(net.Address);

    /// <summary>Who answers forty connections: one that is given half of them is not there once in a million million times.</summary>
    private static Task<string> AnsweringAsync(IPAddress address) => Zones.ZonePlans.AnsweringAsync(address, 40);

    private static Task DownAsync(RunningDataPlane running, string pool) => Eventually.IsTrueAsync(
        async () => (await running.AskAsync("show stat -1 4 -1")).Split('\n')
            .Any(line => line.Contains($":{pool},", StringComparison.Ordinal) && line.Contains(",DOWN,", StringComparison.Ordinal)),
        "a server is down");
}
