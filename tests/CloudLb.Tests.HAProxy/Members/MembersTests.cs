using System.Net.Sockets;
using CloudLb.Core.Traffic.Health;

namespace CloudLb.Tests.HAProxy;

public sealed class MembersTests
{
    private static readonly HttpClient Client = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task A_member_joins_and_leaves_without_a_hand_over()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        web = web.With(first.Planned(), second.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-2");
        await Eventually.IsTrueAsync(async () => await GetAsync(web.Url()) == "i-2", "i-2 answers");

        web = web.With(second.Planned());
        await running.ApplyAsync(web);
        var before = first.Requests;
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("i-2", await GetAsync(web.Url()));
        }

        Assert.Equal(before, first.Requests);
        Assert.Equal(1, running.Generation);
        Assert.Contains("server i-2", await File.ReadAllTextAsync(running.CellFile("haproxy.cfg"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_instance_that_fails_its_checks_is_never_in_service_and_gets_no_request()
    {
        await using var good = await TestInstance.StartAsync("i-good");
        await using var bad = await TestInstance.StartAsync("i-bad", checkStatus: 302);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", good.Planned()).Checked(Plans.FastProbe);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-good");

        web = web.With(good.Planned(), bad.Planned());
        await running.ApplyAsync(web);
        Assert.Equal(ObservedHealth.Registering, running.Health(web, "i-bad"));
        await Eventually.IsTrueAsync(
            async () =>
            {
                Assert.Equal("i-good", await GetAsync(web.Url()));
                Assert.NotEqual(ObservedHealth.Passing, running.Health(web, "i-bad"));
                return running.Health(web, "i-bad") == ObservedHealth.Failed;
            },
            "i-bad has failed");

        // A hand-over must not forget it either.
        await running.ApplyAsync(web with { Listeners = [web.Listeners[0], Plans.Listener(8090)] });
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("i-good", await GetAsync(web.Url()));
        }

        Assert.Equal((0, 2), (bad.Requests, running.Generation));
    }

    [Fact]
    public async Task A_new_instance_that_was_not_ready_comes_in_with_the_first_check_it_passes()
    {
        await using var instance = await TestInstance.StartAsync("i-1", checkStatus: 500);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).Checked(
            Plans.FastProbe with { Rise = 10, Interval = TimeSpan.FromMilliseconds(400) });
        await running.ApplyAsync(web);
        await Eventually.IsTrueAsync(() => running.Health(web, "i-1") == ObservedHealth.Failed, "i-1 has failed");

        instance.Checks.Clear();
        instance.CheckStatus = 200;
        await running.IsPassingAsync(web, "i-1");

        Assert.InRange(instance.Checks.Count, 1, 3);
        Assert.Equal("i-1", await GetAsync(web.Url()));
    }

    [Fact]
    public async Task An_instance_that_dies_goes_out_and_comes_back_after_as_many_passes_as_rise()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).Checked(Plans.FastProbe with { Rise = 5 });
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        instance.CheckStatus = 503;
        await Eventually.IsTrueAsync(() => running.Health(web, "i-1") == ObservedHealth.Failed, "i-1 is out");
        instance.CheckStatus = 200;
        await Eventually.IsTrueAsync(() => running.Health(web, "i-1") == ObservedHealth.Recovering, "i-1 is coming back");
        await running.IsPassingAsync(web, "i-1");
    }

    [Fact]
    public async Task A_check_is_sent_as_AWS_sends_it()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).Checked(Plans.FastProbe);

        await running.ApplyAsync(web);
        await Eventually.IsTrueAsync(() => instance.Checks.Count > 2, "HAProxy's own checks");

        Assert.All(instance.Checks, headers =>
        {
            Assert.Contains($"Host: {instance.Address}", headers);
            Assert.Contains("User-Agent: ELB-HealthChecker/1.0", headers);
        });
    }

    [Fact]
    public async Task The_path_of_a_check_reaches_the_instance_as_it_was_given()
    {
        const string Path = "/it's#x\"\\$HOME;%[src]\\n{}|&%20";
        var address = Loopback.Next();
        using var listener = new TcpListener(address, TestInstance.Port);
        listener.Start();
        await using var running = await RunningDataPlane.StartAsync();
        var member = new CloudLb.Core.Traffic.Planning.PlannedMember
        {
            Target = "i-1",
            Address = address,
            Port = TestInstance.Port,
            Weight = 1,
        };
        await running.ApplyAsync(Plans.LoadBalancer("web", member).Checked(Plans.FastProbe with { Path = Path }));

        // Our own probe, and then HAProxy's checks.
        for (var i = 0; i < 4; i++)
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            using var reader = new StreamReader(client.GetStream());
            Assert.Equal($"GET {Path} HTTP/1.1", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_draining_member_finishes_what_it_has_and_gets_nothing_new()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var slow = GetAsync(web.Url("/slow"));
        await Eventually.IsTrueAsync(() => first.Requests == 1, "the slow request has arrived");

        web = web.With(first.Planned(drainingUntil: DateTimeOffset.UtcNow.AddMinutes(5)), second.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-2");
        Assert.Equal(ObservedHealth.Draining, running.Health(web, "i-1"));
        Assert.Equal("i-2", await GetAsync(web.Url()));
        Assert.False(slow.IsCompleted);

        first.Release();
        Assert.Equal("begun ended", await slow);
        await Eventually.IsTrueAsync(async () => !await HasServerAsync(running, "i-1"), "the drained member is gone before its time");
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task Draining_ends_at_its_limit_also_in_a_process_before_the_last_hand_over()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var cut = GetAsync(web.Url("/slow"));
        await Eventually.IsTrueAsync(() => instance.Requests == 1, "the slow request has arrived");

        var until = DateTimeOffset.UtcNow.AddSeconds(2);
        web = web.With(instance.Planned(drainingUntil: until)) with { Listeners = [web.Listeners[0], Plans.Listener(8090)] };
        await running.ApplyAsync(web);
        Assert.Equal(2, running.Generation);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => cut);
        Assert.True(DateTimeOffset.UtcNow >= until, "It was cut before its time.");
        await Eventually.IsTrueAsync(() => running.DataPlane.Cells[0].OldProcesses == 0, "the old process has ended");
    }

    [Fact]
    public async Task Without_draining_what_a_member_has_is_cut_at_once()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var cut = GetAsync(web.Url("/slow"));
        await Eventually.IsTrueAsync(() => instance.Requests == 1, "the slow request has arrived");

        await running.ApplyAsync(web.With());

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => cut);
        Assert.False(await HasServerAsync(running, "i-1"));
    }

    [Fact]
    public async Task A_member_that_was_draining_can_come_back()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var slow = GetAsync(web.Url("/slow"));
        await Eventually.IsTrueAsync(() => instance.Requests == 1, "the slow request has arrived");
        await running.ApplyAsync(web.With(instance.Planned(drainingUntil: DateTimeOffset.UtcNow.AddMinutes(5))));

        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal("i-1", await GetAsync(web.Url()));
        instance.Release();
        Assert.Equal("begun ended", await slow);
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task A_member_with_another_address_is_another_member()
    {
        await using var before = await TestInstance.StartAsync("i-1");
        await using var after = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", before.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        await running.ApplyAsync(web.With(after.Planned()));
        await running.IsPassingAsync(web, "i-1");
        await GetAsync(web.Url());

        Assert.Equal((0, 1, 1), (before.Requests, after.Requests, running.Generation));
    }

    [Fact]
    public async Task A_weight_changes_without_a_hand_over()
    {
        await using var heavy = await TestInstance.StartAsync("i-1");
        await using var light = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", heavy.Planned(), light.Planned()).AsTcp();
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");

        await running.ApplyAsync(web.With(heavy.Planned(weight: 3), light.Planned()));
        for (var i = 0; i < 40; i++)
        {
            using var client = new HttpClient();
            await client.GetStringAsync(web.Url(), TestContext.Current.CancellationToken);
        }

        Assert.InRange(heavy.Requests, 28, 32);
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task A_TCP_check_needs_only_a_connection()
    {
        var address = Loopback.Next();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(address, TestInstance.Port));
        listener.Listen();
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer(
            "web",
            new CloudLb.Core.Traffic.Planning.PlannedMember { Target = "i-1", Address = address, Port = TestInstance.Port, Weight = 1 })
                .AsTcp();

        await running.ApplyAsync(web);

        await running.IsPassingAsync(web, "i-1");
    }

    private static Task<string> GetAsync(Uri url) => Client.GetStringAsync(url, TestContext.Current.CancellationToken);

    private static async Task<bool> HasServerAsync(RunningDataPlane running, string instanceId) =>
        (await running.AskAsync("show servers state")).Contains($" {instanceId} ", StringComparison.Ordinal);
}
