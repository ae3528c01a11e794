using System.Net;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

public sealed class HandOverTests
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hand_overs_and_member_changes_under_traffic_fail_no_request(bool closesConnections)
    {
        const int Rounds = 12;
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned());
        var other = Plans.LoadBalancer("other");
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        await using var traffic = Traffic.Start(web.Url(), clients: 8, closesConnections);
        var until = DateTimeOffset.UtcNow.AddMinutes(1);
        var drained = web.With(first.Planned(), second.Planned(drainingUntil: until));
        for (var i = 0; i < Rounds; i++)
        {
            await running.ApplyAsync(drained, other);
            await running.ApplyAsync(web.With(first.Planned(), second.Planned()));
            await running.ApplyAsync(drained);
        }

        var (requests, failures) = await traffic.StopAsync();
        Assert.Empty(failures);
        Assert.True(requests > 100, $"only {requests} requests");
        Assert.True(running.Generation >= Rounds / 2, $"only {running.Generation} generations");
    }

    [Fact]
    public async Task A_download_outlives_a_hand_over()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var slow = Client.GetStringAsync(web.Url("/slow"), TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(() => instance.Requests == 1, "the slow request has arrived");

        await running.ApplyAsync(web, Plans.LoadBalancer("other"));
        instance.Release();

        Assert.Equal("begun ended", await slow);
        Assert.Equal(2, running.Generation);
    }

    [Fact]
    public async Task A_healthy_member_stays_in_service_over_a_hand_over()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        instance.CheckStatus = 500;

        await running.ApplyAsync(web, Plans.LoadBalancer("other"));

        Assert.Equal("i-1", await Client.GetStringAsync(web.Url(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_load_balancer_is_removed_without_a_hand_over_and_can_come_back()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var other = Plans.LoadBalancer("other");
        await running.ApplyAsync(web, other);
        await running.IsPassingAsync(web, "i-1");

        await running.ApplyAsync(other);
        await Assert.ThrowsAsync<HttpRequestException>(() => GetFreshAsync(web));
        Assert.Equal(1, running.Generation);

        await running.ApplyAsync(web, other);
        await running.IsPassingAsync(web, "i-1");
        Assert.Equal("i-1", await GetFreshAsync(web));
    }

    [Fact]
    public async Task A_listener_is_removed_without_a_hand_over_and_the_other_serves_on()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var both = web with { Listeners = [web.Listeners[0], Plans.Listener(8090)] };
        await running.ApplyAsync(both);
        await running.IsPassingAsync(web, "i-1");

        await running.ApplyAsync(web);

        Assert.Equal("i-1", await GetFreshAsync(web));
        await Assert.ThrowsAsync<HttpRequestException>(
            () => Client.GetAsync($"http://{web.Address}:8090/", TestContext.Current.CancellationToken));
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task With_nothing_to_serve_no_process_runs()
    {
        await using var running = await RunningDataPlane.StartAsync();
        await running.ApplyAsync(Plans.LoadBalancer("web"));
        Assert.NotEqual(0, running.ProcessId);

        await running.ApplyAsync();

        Assert.Equal(0, running.ProcessId);
        Assert.Empty(ProcessList.Under(running.Directory));
    }

    [Fact]
    public async Task One_that_comes_alone_has_a_small_process_and_those_that_come_together_fill_the_fullest()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var loadBalancers = Enumerable.Range(0, 37).Select(number => Plans.LoadBalancer($"web-{number:00}")).ToArray();
        await running.ApplyAsync(loadBalancers[..32]);
        Assert.Equal([32], Sizes(running));

        await running.ApplyAsync(loadBalancers[..33]);
        Assert.Equal([32, 1], Sizes(running));
        await running.ApplyAsync(loadBalancers[..35]);
        Assert.Equal([34, 1], Sizes(running));
        await running.ApplyAsync(loadBalancers[..36]);
        Assert.Equal([34, 2], Sizes(running));

        await running.ApplyAsync([.. loadBalancers[..32], .. loadBalancers[33..35]]);
        Assert.Equal([34, 0], Sizes(running));
        await running.ApplyAsync([.. loadBalancers[..32], .. loadBalancers[33..35], loadBalancers[36]]);
        Assert.Equal([34, 1], Sizes(running));
        using var response = await Client.GetAsync(loadBalancers[36].Url(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task What_was_let_go_of_is_made_again_with_the_next_change()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var (first, second) = (Plans.LoadBalancer("first"), Plans.LoadBalancer("second", instance.Planned()));
        await running.ApplyAsync(first, second);
        var applied = await File.ReadAllTextAsync(running.CellFile("applied.json"), TestContext.Current.CancellationToken);

        await running.DataPlane.LetGoAsync(TestContext.Current.CancellationToken);
        await running.ApplyAsync(first, second.With());
        await running.ApplyAsync(first, second);

        Assert.Equal(1, running.Generation);
        Assert.Equal(applied, await File.ReadAllTextAsync(running.CellFile("applied.json"), TestContext.Current.CancellationToken));
        await running.IsPassingAsync(second, "i-1");
        Assert.Equal("i-1", await GetFreshAsync(second));
    }

    [Fact]
    public async Task More_load_balancers_than_a_cell_takes_go_to_another_process()
    {
        await using var running = await RunningDataPlane.StartAsync(
            settings: (nameof(CloudLb.HAProxy.HAProxyOptions.MaxLoadBalancersPerCell), "2"));
        var loadBalancers = Enumerable.Range(0, 5).Select(number => Plans.LoadBalancer($"web-{number}")).ToArray();

        await running.ApplyAsync(loadBalancers);

        Assert.Equal([2, 2, 1], running.DataPlane.Cells.Select(cell => cell.LoadBalancers));
        foreach (var loadBalancer in loadBalancers)
        {
            using var response = await Client.GetAsync(loadBalancer.Url(), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }
    }

    [Fact]
    public async Task Requests_carry_who_sent_them_and_how()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var request = new HttpRequestMessage(HttpMethod.Get, web.Url("/headers"));
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var headers = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Matches("(?i)X-Forwarded-For: 192.0.2.7, 127\\.", headers);
        Assert.Contains("X-Forwarded-Port: 8080", headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Forwarded-Proto: http", headers, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_connection_that_is_silent_for_the_idle_timeout_is_closed()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web");
        web = web with { Listeners = [web.Listeners[0] with { IdleTimeout = TimeSpan.FromSeconds(1) }] };
        await running.ApplyAsync(web);

        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken);
        var answer = await new StreamReader(client.GetStream()).ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    private static async Task<string> GetFreshAsync(CloudLb.Core.Traffic.Planning.PlannedLoadBalancer loadBalancer)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(loadBalancer.Url(), TestContext.Current.CancellationToken);
    }

    private static IEnumerable<int> Sizes(RunningDataPlane running) => running.DataPlane.Cells.Select(cell => cell.LoadBalancers);
}
