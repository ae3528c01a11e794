using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using CloudLb.Core.Traffic.Counters;
using CloudLb.HAProxy.Metrics;

namespace CloudLb.Tests.HAProxy;

/// <summary>What is counted of real traffic, whatever happens to the processes meanwhile.</summary>
public sealed class TrafficCountersTests
{
    private const string NoZone = "";
    private static readonly (string, string) FastPoll = (nameof(HAProxyOptions.PollInterval), "00:00:00.2");

    [Fact]
    public async Task Every_request_is_counted_once_over_a_hand_over_a_crash_and_the_removal_of_its_instance()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        var running = await RunningDataPlane.StartAsync(settings: FastPoll);
        var directory = running.Directory;
        var web = Plans.LoadBalancer("web", first.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var client = new HttpClient();

        // One that the old process finishes, beside those that it and the next one answer.
        var slow = client.GetAsync(web.Url("/slow"), TestContext.Current.CancellationToken);
        await AskAsync(client, web, 9);
        await Eventually.IsTrueAsync(() => Requests(running, web) == 10, "those whose answer has begun are counted");
        var withListener = web with { Listeners = [web.Listeners[0], Plans.Listener(Plans.Port + 1)] };
        await running.ApplyAsync(withListener);
        using var next = new HttpClient();
        await AskAsync(next, web, 10);
        first.Release();
        using (await slow)
        {
            await Eventually.IsTrueAsync(() => Requests(running, web) == 20, "ten more are counted after the hand-over");
        }

        // The first instance goes, and what it has counted stays.
        var replaced = withListener.With(second.Planned());
        await running.ApplyAsync(replaced);
        await running.IsPassingAsync(replaced, "i-2");
        await AskAsync(next, web, 10);
        await Eventually.IsTrueAsync(() => Requests(running, web) == 30, "the instance that is gone still counts");

        await running.CrashAsync();
        await AskAsync(next, web, 10);
        await using var again = await RunningDataPlane.StartAsync(directory, FastPoll);
        Assert.InRange(Requests(again, web), 30, 40);
        await again.ApplyAsync(replaced);
        await Eventually.IsTrueAsync(() => Requests(again, web) == 40, "those that nobody watched are counted");
        Assert.Equal(40, Of(again, web)![NoZone, ZoneCounter.Answers2xx]);
        Assert.Equal(first.Requests + second.Requests, Requests(again, web));
    }

    [Fact]
    public async Task A_clean_stop_loses_nothing_and_a_load_balancer_that_is_gone_is_forgotten()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.PollInterval), "00:10:00"));
        var directory = running.Directory;
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var client = new HttpClient();
        await AskAsync(client, web, 7);

        await running.StopAsync();
        await running.CrashAsync();
        await using var again = await RunningDataPlane.StartAsync(directory, FastPoll);

        await again.ApplyAsync(web);
        Assert.Equal(7, Requests(again, web));
        await again.ApplyAsync(Plans.LoadBalancer("other", instance.Planned()));
        Assert.Null(Of(again, web));
    }

    [Fact]
    public async Task Answers_are_told_apart_by_who_gave_them()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: FastPoll);
        var web = Plans.LoadBalancer("web", instance.Planned());
        var empty = Plans.LoadBalancer("empty");
        var refused = Plans.LoadBalancer("refused", instance.Planned() with { Target = "i-2" });
        refused = refused with { Pools = [refused.Pools[0] with { Members = [refused.Pools[0].Members[0] with { Port = 9 }] }] };
        await running.ApplyAsync(web, empty, refused);
        await running.IsPassingAsync(web, "i-1");
        await running.IsPassingAsync(refused, "i-2");
        using var client = new HttpClient();

        await AskAsync(client, web, 3, "/status/404");
        await AskAsync(client, web, 2, "/status/500");
        await AskAsync(client, web, 1, "/status/304");
        await AskAsync(client, empty, 4);
        await AskAsync(client, refused, 1);
        await SendAsync(web, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");

        await Eventually.IsTrueAsync(
            () =>
                Of(running, web) is { } traffic
                    && traffic[LoadBalancerCounter.Own4xx] == 1
                    && traffic[NoZone, ZoneCounter.Requests] == 6, "all is counted");
        var counted = Of(running, web)!;
        Assert.Equal(
            (0, 1, 3, 2),
            (
                counted[NoZone, ZoneCounter.Answers2xx], counted[NoZone, ZoneCounter.Answers3xx], counted[NoZone, ZoneCounter.Answers4xx],
                counted[NoZone, ZoneCounter.Answers5xx]));
        Assert.Equal(
            (1, 0, 1),
            (counted[LoadBalancerCounter.Own4xx], counted[LoadBalancerCounter.Own5xx], counted[LoadBalancerCounter.NonCompliantRequests]));
        Assert.Equal(6, counted[NoZone, ZoneCounter.LatencyCount]);
        Assert.True(counted[LoadBalancerCounter.ProcessedBytes] > 0 && counted[LoadBalancerCounter.NewConnections] >= 2);
        await Eventually.IsTrueAsync(
            () => Of(running, empty)?[LoadBalancerCounter.Own5xx] == 4, "what no instance could answer is the load balancer's");
        await Eventually.IsTrueAsync(() => Of(running, refused)?[LoadBalancerCounter.Own5xx] == 1, "so is what no instance took");
        Assert.Equal(0, Requests(running, refused));
        Assert.InRange(Of(running, refused)![NoZone, ZoneCounter.ConnectionErrors], 3, 100);
    }

    [Fact]
    public async Task A_request_that_one_process_passes_on_to_the_next_is_counted_once_and_its_answer_is_the_instances()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: FastPoll);
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var kept = await KeptConnection.OpenAsync(web);
        Assert.Equal(200, (await kept.GetAsync())?.Status);
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));

        Assert.Equal(500, (await kept.GetAsync("/status/500"))?.Status);
        await Eventually.IsTrueAsync(() => Requests(running, web) == 2, "both are counted");
        await running.IsAloneAsync();
        await Eventually.IsTrueAsync(() => running.DataPlane.Cells[0].OldProcesses == 0, "the process before is let go");

        var counted = Of(running, web)!;
        Assert.Equal(
            (1, 1, 0),
            (counted[NoZone, ZoneCounter.Answers2xx], counted[NoZone, ZoneCounter.Answers5xx], counted[LoadBalancerCounter.Own5xx]));
        Assert.Equal(1, counted[LoadBalancerCounter.NewConnections]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_more_than_an_instance_is_given_waits_and_more_than_1024_that_wait_spill_over(bool isTcp)
    {
        const int Waiting = 1024, Spilled = 3;
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(
            settings: [FastPoll, (nameof(HAProxyOptions.MaxConnectionsPerInstance), "1")]);
        var web = Plans.LoadBalancer("web", instance.Planned());
        web = isTcp ? web.AsTcp() : web;
        web = web with { Pools = [web.Pools[0] with { MaxConnectionsPerMember = 1 }] };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var clients = new List<Socket>();
        try
        {
            // The first is with the instance before the others come: two that come at once may both find room there for one.
            clients.Add(await AskAsync(web, "/slow"));
            await Eventually.IsTrueAsync(() => instance.Requests == 1, "the instance has the first request");
            for (var count = 0; count < Waiting; count++)
            {
                clients.Add(await AskAsync(web, "/slow"));
            }

            await Eventually.IsTrueAsync(() => Of(running, web)?.SurgeQueue == Waiting, "the queue is full");
            for (var count = 0; count < Spilled; count++)
            {
                var answer = await SendAsync(web, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                Assert.StartsWith(
                    isTcp ? "" : "HTTP/1.1 503 Service Unavailable: Back-end server is at capacity\r\n", answer, StringComparison.Ordinal);
                Assert.Equal(isTcp, answer.Length == 0);
            }

            await Eventually.IsTrueAsync(() => Of(running, web)![LoadBalancerCounter.Spillover] == Spilled, "what spills over is counted");
            Assert.Equal(isTcp ? 0 : Spilled, Of(running, web)![LoadBalancerCounter.Own5xx]);
            Assert.Equal((1, 0), (instance.Requests, Of(running, web)![LoadBalancerCounter.NonCompliantRequests]));
            Assert.Equal(Waiting + 1, Of(running, web)!.ActiveConnections);
        }
        finally
        {
            instance.Release();
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_member_that_joins_at_run_time_is_bound_like_one_of_the_file()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.MaxConnectionsPerInstance), "3"));
        var web = Plans.LoadBalancer("web", first.Planned());
        web = web with { Pools = [web.Pools[0] with { MaxConnectionsPerMember = 3 }] };
        await running.ApplyAsync(web);
        await running.ApplyAsync(web.With(first.Planned(), second.Planned()));

        var limits = (await running.AskAsync("show stat -1 4 -1"))
            .Split('\n')
            .Where(line => line.Contains(",i-", StringComparison.Ordinal))
            .Select(line => line.Split(',')[6]);

        Assert.Equal((1, "3 3"), (running.Generation, string.Join(' ', limits)));
    }

    [Fact]
    public void What_an_instance_answered_to_a_check_changes_no_column()
    {
        var room = StatLine.Room();
        var columns = Enumerable.Repeat("", 110).ToArray();
        (
            columns[0], columns[1], columns[(int)StatColumn.Type], columns[56], columns[(int)StatColumn.ResponseTime]) = (
                "p", "s", "2", "\"a,\"\"b,c\"\"\"", "17");

        Assert.True(StatLine.TryRead(string.Join(',', columns), room, out var line));
        Assert.Equal((true, 17, "p,s"), (line.IsServer, line[StatColumn.ResponseTime], line.Name.ToString()));
        Assert.False(StatLine.TryRead("# pxname,svname", room, out _));
        Assert.False(StatLine.TryRead("", room, out _));
        Assert.False(StatLine.TryRead("p,s,1", room, out _));
    }

    private static LoadBalancerTraffic? Of(RunningDataPlane running, PlannedLoadBalancer loadBalancer) =>
        running.DataPlane.Traffic.SingleOrDefault(traffic => traffic.Id == loadBalancer.Id);

    private static long Requests(RunningDataPlane running, PlannedLoadBalancer loadBalancer) =>
        Of(running, loadBalancer)?[NoZone, ZoneCounter.Requests] ?? 0;

    private static async Task AskAsync(HttpClient client, PlannedLoadBalancer loadBalancer, int times, string path = "/")
    {
        for (var count = 0; count < times; count++)
        {
            using var answer = await client.GetAsync(loadBalancer.Url(path), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks, and leaves the answer to whoever waits for it.</summary>
    private static async Task<Socket> AskAsync(PlannedLoadBalancer loadBalancer, string path)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(loadBalancer.Address, Plans.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>What comes back first; empty when the connection is closed.</summary>
    private static async Task<string> SendAsync(PlannedLoadBalancer loadBalancer, string text)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(loadBalancer.Address, Plans.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        var buffer = new byte[4096];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken));
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
