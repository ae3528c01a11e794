using System.Net;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using static CloudLb.Tests.HAProxy.Zones.ZonePlans;

namespace CloudLb.Tests.HAProxy.Zones;

/// <summary>What comes to the address of a zone goes to the members of that zone, and to those of none.</summary>
public sealed class ZoneTests
{
    private const string Unavailable = "503";

    private static readonly (string, string) Often = (nameof(HAProxyOptions.PollInterval), "00:00:00.2");

    [Theory]
    [InlineData(TrafficMode.Tcp)]
    [InlineData(TrafficMode.Http)]
    public async Task Each_address_has_the_members_of_its_zone_also_such_as_come_go_and_fail_while_it_is_served(TrafficMode mode)
    {
        await using var ofA = await TestInstance.StartAsync("a-1");
        await using var ofB = await TestInstance.StartAsync("b-1");
        await using var ofAll = await TestInstance.StartAsync("x-1");
        await using var running = await RunningDataPlane.StartAsync(settings: Often);
        var web = LoadBalancer(mode, ofA.In("zone-a"), ofB.In("zone-b"));
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await ArePassingAsync(running, web, ofA, ofB);
        await AreGivenAsync(web, "a-1", "b-1", "a-1 b-1");

        // One of no zone is in each; it joins and leaves without a new process, and is checked once.
        var both = web.With(ofA.In("zone-a"), ofB.In("zone-b"), ofAll.In(null));
        await running.ApplyAsync(both);
        await ArePassingAsync(running, both, ofAll);
        await AreGivenAsync(both, "a-1 x-1", "b-1 x-1", "a-1 b-1 x-1");

        // HAProxy's own first check comes an interval after it has joined.
        List<string> checkedOnes = [];
        await Eventually.IsTrueAsync(
            async () => (checkedOnes = [.. (await running.AskAsync("show stat -1 4 -1")).Split('\n').Where(
                line => line.Contains("_x-1,", StringComparison.Ordinal) && line.Contains("L7OK", StringComparison.Ordinal))]).Count > 0,
            "a check of x-1");
        Assert.Single(checkedOnes);

        // A zone is open when none that it has is in service, and the other as it was.
        ofB.CheckStatus = 500;
        await AreGivenAsync(both, "a-1 x-1", "x-1", "a-1 x-1");
        await running.ApplyAsync(web);
        await AreGivenAsync(web, "a-1", "b-1", "a-1");
        await Eventually.IsTrueAsync(() => Health(running, web, ofB) == ObservedHealth.Failed, "it is told as failed");
        await Eventually.IsTrueAsync(
            async () => (await running.DataPlane.ReadChecksAsync(web.Id, PoolName, TestContext.Current.CancellationToken))
                .GetValueOrDefault(ofB.Planned().Id)?.Code == 500,
            "the check's answer is told");

        // One that has no members has nobody, whoever is in the other.
        await running.ApplyAsync(web.With(ofA.In("zone-a")));
        await AreGivenAsync(web, "a-1", mode == TrafficMode.Tcp ? "" : Unavailable, "a-1");
        await running.ApplyAsync(web.With(ofA.In("zone-b")));
        await AreGivenAsync(web, mode == TrafficMode.Tcp ? "" : Unavailable, "a-1", "a-1");
        Assert.Equal(1, running.Generation);
        await running.ReapplyAsync();
        Assert.Equal(1, running.Generation);
        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("drift", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Zones_are_told_apart_and_no_longer_without_a_lost_request_a_cut_connection_or_a_member_that_waits_for_a_check()
    {
        await using var ofA = await TestInstance.StartAsync("a-1");
        await using var ofB = await TestInstance.StartAsync("b-1");
        await using var running = await RunningDataPlane.StartAsync(settings: Often);
        var apart = LoadBalancer(TrafficMode.Tcp, ofA.In("zone-a"), ofB.In("zone-b"))
            .With(pool => pool with { Probe = Plans.HttpProbe, FailsOpenBelow = 0 });
        var across = apart.AcrossZones(weight: 2);
        await running.ApplyAsync(across);
        await ArePassingAsync(running, across, ofA, ofB);
        using var slow = await TestRequests.Client.GetAsync(
            UrlOf(apart.Addresses[0], "/slow"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        using var over = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 3).Select(each => AskAsync(apart.Addresses[each], over.Token)).ToList();
        foreach (var next in new[] { apart, across, apart })
        {
            await running.ApplyAsync(next);
            Assert.Equal(ObservedHealth.Passing, Health(running, next, ofA));
            Assert.Equal(ObservedHealth.Passing, Health(running, next, ofB));
        }

        // Until it has read its signal, a process before takes its share.
        await Eventually.IsTrueAsync(async () => await AnsweringAsync(apart.Addresses[0]) == "a-1", "the zone has its own alone");
        await over.CancelAsync();
        var answers = await Task.WhenAll(asking);
        Assert.All(answers, each => Assert.DoesNotContain("", each));
        Assert.Equal(4, running.Generation);
        ofA.Release();
        ofB.Release();
        Assert.Equal("begun ended", await slow.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_zone_is_open_below_a_part_of_its_own_members_and_each_member_has_the_same_share()
    {
        await using var first = await TestInstance.StartAsync("a-1");
        await using var second = await TestInstance.StartAsync("a-2");
        await using var third = await TestInstance.StartAsync("a-3", checkStatus: 500);
        await using var ofAll = await TestInstance.StartAsync("x-1");
        await using var ofB = await TestInstance.StartAsync("b-1");
        await using var running = await RunningDataPlane.StartAsync(settings: Often);
        var web = LoadBalancer(
            TrafficMode.Tcp, first.In("zone-a"), second.In("zone-a"), third.In("zone-a"), ofAll.In(null), ofB.In("zone-b"))
            .With(pool => pool with { FailsOpenBelowPercent = 60 });
        await running.ApplyAsync(web);
        await ArePassingAsync(running, web, first, second, ofAll, ofB);
        await AreGivenAsync(web, "a-1 a-2 x-1", "b-1 x-1", "a-1 a-2 b-1 x-1");
        var counts = new Dictionary<string, int>();
        for (var request = 0; request < 300; request++)
        {
            var id = await TestRequests.GetAsync(UrlOf(web.Addresses[0]));
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }

        // A hundred each; more than seven standard deviations to each side.
        Assert.All(counts.Values, count => Assert.InRange(count, 40, 160));

        // Two of four are too few, of five they are not counted together with the other zone's.
        second.CheckStatus = 500;
        await AreGivenAsync(web, "a-1 a-2 a-3 x-1", "b-1 x-1", "a-1 b-1 x-1");
    }

    [Fact]
    public async Task A_client_stays_with_its_member_where_that_goes_by_its_address()
    {
        await using var first = await TestInstance.StartAsync("a-1");
        await using var second = await TestInstance.StartAsync("a-2");
        await using var ofAll = await TestInstance.StartAsync("x-1");
        await using var running = await RunningDataPlane.StartAsync(settings: Often);
        var web = LoadBalancer(TrafficMode.Tcp, first.In("zone-a"), second.In("zone-a"), ofAll.In(null))
            .With(pool => pool with { Balance = PoolBalance.Source });
        await running.ApplyAsync(web);
        await ArePassingAsync(running, web, first, second, ofAll);

        var seen = new HashSet<string>();
        for (var client = 1; client <= 40; client++)
        {
            var source = IPAddress.Parse($"127.88.71.{client}");
            var ids = new HashSet<string>();
            for (var request = 0; request < 4; request++)
            {
                using var connection = await KeptConnection.OpenAsync(web with { Addresses = [web.Addresses[0]] }, source: source);
                ids.Add((await connection.GetAsync())!.Value.Body);
            }

            seen.Add(Assert.Single(ids));
        }

        Assert.Equal(["a-1", "a-2", "x-1"], seen.Order());
    }

    private static async Task AreGivenAsync(PlannedLoadBalancer web, params string[] answers)
    {
        foreach (var (address, wanted) in web.Addresses.Zip(answers))
        {
            await Eventually.IsTrueAsync(
                async () => wanted == Unavailable ? await IsUnavailableAsync(address) : await AnsweringAsync(address) == wanted,
                $"{wanted} are given what comes to {address}");
        }
    }

    private static async Task<bool> IsUnavailableAsync(IPAddress address)
    {
        using var response = await TestRequests.Client.GetAsync(UrlOf(address), TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.ServiceUnavailable;
    }

    /// <summary>Asks until the end, each time over a connection of its own; an answer that did not come is empty.</summary>
    private static async Task<IReadOnlySet<string>> AskAsync(IPAddress address, CancellationToken end)
    {
        var ids = new HashSet<string>();
        while (!end.IsCancellationRequested)
        {
            ids.Add(await TestRequests.TryGetAsync(UrlOf(address)) ?? "");
        }

        return ids;
    }

    private static ObservedHealth? Health(RunningDataPlane running, PlannedLoadBalancer web, TestInstance instance) =>
        running.DataPlane.FinderOf(web.Id, PoolName)(instance.Planned().Id);

    private static Task ArePassingAsync(RunningDataPlane running, PlannedLoadBalancer web, params TestInstance[] instances) =>
        Eventually.IsTrueAsync(
            () => instances.All(instance => Health(running, web, instance) == ObservedHealth.Passing),
            $"{string.Join(", ", instances.Select(instance => instance.Id))} in service");
}
