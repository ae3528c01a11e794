using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class KillTests
{
    [Theory]
    [InlineData("Child")]
    [InlineData("Attach")]
    public async Task Traffic_does_not_notice_that_CloudLb_is_killed_and_started_again(string mode)
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token, ("HAProxy:Mode", mode));
        await using var backend = await Backend.StartAsync(token);
        var url = await ServeAsync(server, backend);
        await using var steady = new SteadyTraffic(url);
        await steady.MoreAsync(10, token);
        var processes = server.HAProxyProcesses();

        await server.KillAsync(token);
        await steady.MoreAsync(20, token);
        await server.StartAgainAsync(token);
        await steady.MoreAsync(20, token);

        Assert.Empty(steady.Failures);
        Assert.Equal(processes, server.HAProxyProcesses());
        Assert.Equal(url, await server.TrafficUrlAsync("web", token));
        Assert.Equal(("InService", "N/A"), await new ElbApi(server.Url).HealthAsync("web", backend.Address, token));
        Assert.Equal(0, await server.StopAsync(token));
        Assert.Equal(mode == "Child" ? [] : processes, server.HAProxyProcesses());
    }

    [Fact]
    public async Task HAProxy_that_is_killed_under_a_client_serves_again_by_itself()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token);
        await using var backend = await Backend.StartAsync(token);
        var url = await ServeAsync(server, backend);
        await using var steady = new SteadyTraffic(url);
        await steady.MoreAsync(10, token);
        var killed = server.HAProxyProcesses().Single();

        CloudLbProcess.Kill(killed);
        await Wait.ForAsync(
            () => Task.FromResult(server.HAProxyProcesses()), processes => processes.Any(process => process != killed), token);
        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, token));
        var failed = steady.Failures.Count;
        await steady.MoreAsync(20, token);

        Assert.Equal(failed, steady.Failures.Count);
        Assert.Equal(("InService", "N/A"), await new ElbApi(server.Url).HealthAsync("web", backend.Address, token));
    }

    [Fact]
    public async Task What_was_answered_right_before_both_are_killed_is_in_force_after_the_next_start()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token);
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        var before = await api.CallAsync("Action=DescribeLoadBalancers", token);
        var url = await server.TrafficUrlAsync("web", token);

        await api.RegisterAsync("web", backend.Address, token);
        await server.KillAsync(token);
        server.HAProxyProcesses().ToList().ForEach(CloudLbProcess.Kill);
        await server.StartAgainAsync(token);

        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, token));
        var after = await api.CallAsync("Action=DescribeLoadBalancers", token);
        Assert.Equal(backend.Address, after.Value("InstanceId"));
        Assert.Equal(before.Value("DNSName"), after.Value("DNSName"));
        Assert.Equal(before.Value("CreatedTime"), after.Value("CreatedTime"));
        Assert.Equal(url, await server.TrafficUrlAsync("web", token));
    }

    [Fact]
    public async Task Ctrl_C_leaves_no_process_behind()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token, ("HAProxy:Mode", "Child"));
        await using var backend = await Backend.StartAsync(token);
        var url = await ServeAsync(server, backend);

        Assert.Equal(0, await server.StopAsync(token));

        Assert.Empty(server.HAProxyProcesses());
        Assert.Equal((0, "refused"), await Traffic.GetAsync(url, token));
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_changes_leaves_no_process_behind_either()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token, ("HAProxy:Mode", "Child"));
        for (var round = 0; round < 5; round++)
        {
            var api = new ElbApi(server.Url);
            await Task.WhenAll(Enumerable.Range(1, 10).Select(number => api.CreateWebAsync($"web-{round}-{number}", 8000, token)));

            Assert.Equal(0, await server.StopAsync(token));
            Assert.Empty(server.HAProxyProcesses());
            await server.StartAgainAsync(token);
        }
    }

    [Fact]
    public async Task In_mode_Attach_traffic_goes_on_when_CloudLb_stops_and_is_found_again_by_the_next()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token, ("HAProxy:Mode", "Attach"));
        await using var backend = await Backend.StartAsync(token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", backend.Port, token);
        var url = await ServeAsync(server, backend);
        var processes = server.HAProxyProcesses();
        await using var steady = new SteadyTraffic(url);

        Assert.Equal(0, await server.StopAsync(token));
        await steady.MoreAsync(20, token);
        await server.StartAgainAsync(token);
        await new ElbApi(server.Url).RegisterAsync("web", second.Address, token);
        await Wait.ForAsync(() => Traffic.GetAsync(url, token), answer => answer == (200, second.Address), token);

        Assert.Empty(steady.Failures);
        Assert.Equal(processes, server.HAProxyProcesses());
    }

    /// <summary>A load balancer <c>web</c> that answers with the backend's page.</summary>
    private static async Task<Uri> ServeAsync(CloudLbProcess server, Backend backend)
    {
        var token = TestContext.Current.CancellationToken;
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        await api.RegisterAsync("web", backend.Address, token);
        var url = await server.TrafficUrlAsync("web", token);
        await Traffic.AnswersAsync(url, 200, token);

        // The hand-overs of the calls above have left processes that are about to end.
        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, token);
        return url;
    }
}
