using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Configuration;
using static CloudLb.Tests.HAProxy.Http2Plans;

namespace CloudLb.Tests.HAProxy;

/// <summary>What clients of one load balancer can do to those of another with HTTP/2.</summary>
public sealed class Http2FloodTests : IAsyncLifetime
{
    // The least that a load balancer has, which is what one connection may carry.
    private const int Most = Http2Lines.Streams;

    private static readonly (string Name, string Value) Few = (nameof(HAProxyOptions.MaxConnections), "200");

    private TestInstance _instance = null!;
    private RunningDataPlane _running = null!;
    private PlannedLoadBalancer _attacked = null!;
    private PlannedLoadBalancer _web = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await TestInstance.StartAsync("i-1");
        _running = await RunningDataPlane.StartAsync(settings: [Few]);
        (_attacked, _web) = (Secure(_running, "attacked", _instance.Planned()), Secure(_running, "web", _instance.Planned()));
        await _running.ApplyAsync(_attacked, _web);
        Assert.Empty(_running.DataPlane.Faults);
        await _running.IsPassingAsync(_attacked, "i-1");
        await _running.IsPassingAsync(_web, "i-1");
    }

    public async ValueTask DisposeAsync()
    {
        await _running.DisposeAsync();
        await _instance.DisposeAsync();
    }

    [Fact]
    public async Task A_load_balancer_has_so_many_requests_at_once_whatever_connections_they_are_on()
    {
        var connections = new List<RawHttp2>();
        for (var number = 0; number < 3; number++)
        {
            connections.Add(await RawHttp2.OpenAsync(_attacked));
            await connections[^1].SendAsync([.. Enumerable.Range(0, Most - 1).SelectMany(request => RawHttp2.Get(request, "/silent"))]);
        }

        // Threads count at the same moment, so that a few more may be refused where the bound is reached.
        const int Beyond = (2 * Most) - 3, AtTheBound = 8;
        await Eventually.IsTrueAsync(
            () => connections.Sum(connection => connection.Refused) >= Beyond, "what is beyond the bound refused");
        await OthersAnswerAsync();
        Assert.InRange(connections.Sum(connection => connection.Refused), Beyond, Beyond + AtTheBound);
        Assert.Equal((0, 0), (connections.Sum(connection => connection.Served), connections.Count(connection => connection.HasEnded)));

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        // What was sent to an instance goes on without its client, as over HTTP/1.1, until it is answered or the idle timeout is over.
        _instance.Release();
        await AnswersAgainAsync();
    }

    [Fact]
    public async Task All_load_balancers_together_have_so_many_and_each_has_those_of_a_connection()
    {
        // Each could have 200, and all that there are 1,600, where the process has 800 connections.
        const int Attacked = 8, Asked = 2 * Most, BeyondInAll = 4 * (200 - Most), Room = (Attacked * Most) + BeyondInAll;
        await using var running = await RunningDataPlane.StartAsync(settings: [(nameof(HAProxyOptions.MaxConnections), "800")]);
        var all = Enumerable.Range(0, Attacked + 1).Select(number => Secure(running, $"web{number}", _instance.Planned())).ToArray();
        await running.ApplyAsync(all);
        Assert.Empty(running.DataPlane.Faults);
        foreach (var each in all)
        {
            await running.IsPassingAsync(each, "i-1");
        }

        var connections = new List<RawHttp2>();
        foreach (var each in all[1..])
        {
            for (var connection = 0; connection < 2; connection++)
            {
                connections.Add(await RawHttp2.OpenAsync(each));
                await connections[^1].SendAsync(
                    [.. Enumerable.Range(0, Most - 1).SelectMany(request => RawHttp2.Get(request, "/silent"))]);
            }
        }

        const int Sent = Attacked * (Asked - 2), AtTheBound = 50;
        await Eventually.IsTrueAsync(
            () => connections.Sum(connection => connection.Refused) >= Sent - Room - AtTheBound, "what is beyond all bounds refused");
        await OthersAnswerAsync(all[0]);
        Assert.All(
            connections.Chunk(2), ofOne => Assert.InRange(ofOne.Sum(connection => connection.Refused), 0, Asked - 2 - Most + AtTheBound));
        Assert.Equal(0, connections.Sum(connection => connection.Served));
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        _instance.Release();
    }

    [Fact]
    public async Task Requests_that_are_cancelled_as_soon_as_they_are_made_cost_their_own_load_balancer_alone()
    {
        await using var attack = await RawHttp2.OpenAsync(_attacked);
        var flood = attack.FloodAsync(
            200,
            time => [.. Enumerable.Range(50 * time, 50)
                .SelectMany(number => RawHttp2.Get(number, "/silent").Concat(RawHttp2.Cancel(number)))]);

        await OthersAnswerAsync();
        await flood;
        await OthersAnswerAsync();
        await AnswersAgainAsync();
    }

    [Theory]
    [InlineData("a head that does not end")]
    [InlineData("large heads")]
    [InlineData("settings")]
    [InlineData("pings")]
    [InlineData("empty data")]
    public async Task Floods_of_frames_leave_others_alone(string kind)
    {
        await using var attack = await RawHttp2.OpenAsync(_attacked);
        var large = RawHttp2.Field("x-large", new string('a', 8000));
        var flood = kind switch
        {
            "a head that does not end" => attack.FloodAsync(
                2000, time => time == 0 ? RawHttp2.Begin(0, "/") : RawHttp2.More(0, large)),
            "large heads" => attack.FloodAsync(
                500, number => [.. RawHttp2.Begin(number, "/silent"), .. RawHttp2.More(number, large), .. End(number, large)]),
            "settings" => attack.FloodAsync(2000, _ => [.. Repeated(RawHttp2.Frame(RawHttp2.Settings, 0, 0, []))]),
            "pings" => attack.FloodAsync(2000, _ => [.. Repeated(RawHttp2.Frame(RawHttp2.Ping, 0, 0, new byte[8]))]),
            "empty data" => attack.FloodAsync(2000, _ => [.. Repeated(RawHttp2.Frame(RawHttp2.Data, 0, 1, []))]),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such case."),
        };

        await OthersAnswerAsync();
        await flood;
        await OthersAnswerAsync();
        _instance.Release();
        await AnswersAgainAsync();
        if (kind == "a head that does not end")
        {
            await Eventually.IsTrueAsync(() => attack.HasEnded || attack.Frames(RawHttp2.GoAway) > 0, "cut off");
        }
    }

    private static byte[] End(int number, byte[] block) =>
        RawHttp2.Frame(RawHttp2.Continuation, 4, (2 * number) + 1, block);

    private static IEnumerable<byte> Repeated(byte[] frame) => Enumerable.Repeat(frame, 50).SelectMany(each => each);

    private Task OthersAnswerAsync() => OthersAnswerAsync(_web);

    private static async Task OthersAnswerAsync(PlannedLoadBalancer web)
    {
        using var client = Client();
        for (var request = 0; request < 20; request++)
        {
            Assert.Equal((2, 200, "i-1"), await AskAsync(client, web, "/"));
            Assert.Equal((1, 200, "i-1"), await AskWith1Async(client, web, "/"));
        }
    }

    private Task AnswersAgainAsync() => Eventually.IsTrueAsync(
        async () =>
        {
            using var client = Client();
            return (await AskAsync(client, _attacked, "/")).Status == (int)HttpStatusCode.OK;
        },
        "the attacked one answers");
}
