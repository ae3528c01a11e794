using System.Net;
using System.Net.Sockets;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Targets that application load balancers send requests to and cannot connect to.</summary>
public sealed class UnreachableTargetTests
{
    private const string Chunks =
        "POST / HTTP/1.1\r\nHost: web\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";

    [Fact]
    public async Task One_that_refuses_and_one_that_takes_no_connection_in_time_are_told_apart_from_none()
    {
        using var silent = NewSocket();
        silent.Bind(new IPEndPoint(Loopback.Next(), TestInstance.Port));
        silent.Listen(0);

        // Nobody accepts them, so that there is no room for another one.
        var queue = Enumerable.Range(0, 3).Select(_ => NewSocket()).ToList();
        var waiting = queue.Select(socket => socket.ConnectAsync(silent.LocalEndPoint!)).ToList();
        await waiting[0];
        await using var running = await RunningDataPlane.StartAsync();
        var (refusing, timing, empty) =
            (Open("refusing", Loopback.Next()), Open("timing", ((IPEndPoint)silent.LocalEndPoint!).Address), Open("empty"));
        await running.ApplyAsync(refusing, timing, empty);
        Assert.Empty(running.DataPlane.Faults);

        Assert.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", await RawClient.GetAsync(refusing));
        Assert.StartsWith("HTTP/1.1 502 ", await RawClient.AskAsync(refusing, Chunks));
        Assert.StartsWith("HTTP/1.1 503 ", await RawClient.GetAsync(empty));
        Assert.StartsWith("HTTP/1.1 504 ", await RawClient.GetAsync(timing));
        queue.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_targets_own_503_stays()
    {
        await using var instance = RawInstance.Start("HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Open("web", instance.Planned().Address);
        await running.ApplyAsync(web);

        Assert.StartsWith("HTTP/1.1 503 Later\r\n", await RawClient.GetAsync(web));
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static PlannedLoadBalancer Open(string name, params IPAddress[] addresses)
    {
        var web = ApplicationPlans.LoadBalancer(
            name, [.. addresses.Select(at => new PlannedMember { Target = "i-1", Address = at, Port = TestInstance.Port, Weight = 1 })]);
        return web with { Pools = web.Pools.Select(pool => pool with { FailsOpenBelow = 1 }).ToEquatableArray() };
    }
}
