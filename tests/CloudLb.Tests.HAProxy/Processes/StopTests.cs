using System.Net;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>What the end of CloudLb leaves of requests that are under way; see also the contract of data planes.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_kept_connection_with_no_request_is_not_waited_for()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.StopTimeout), "00:05:00"));
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var kept = await KeptConnection.OpenAsync(web);
        Assert.Equal((200, "i-1"), await kept.GetAsync());

        await running.StopAsync().WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);

        Assert.Empty(ProcessList.Under(running.Directory));
    }

    [Fact]
    public async Task What_does_not_end_in_the_time_that_is_given_is_cut()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.StopTimeout), "00:00:00.2"));
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var client = new HttpClient();
        using var slow = await client.GetAsync(
            web.Url("/slow"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        await running.StopAsync();

        Assert.Empty(ProcessList.Under(running.Directory));
        await Assert.ThrowsAnyAsync<Exception>(() => slow.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_request_at_a_shared_address_ends_as_well()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.StopTimeout), "00:00:30"));
        var shared = Loopback.Next();
        var web = Plans.LoadBalancer("web", instance.Planned()).SharedAt(shared, "web.test");
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"http://{shared}:{Plans.Port}/slow") { Headers = { Host = "web.test" } };
        using var slow = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, slow.StatusCode);

        var stopping = running.StopAsync();
        await Eventually.IsTrueAsync(() => BindTest.WhyNot(shared, Plans.Port) is null, "nobody listens at the shared address");
        instance.Release();

        Assert.Equal("begun ended", await slow.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await stopping;
    }
}
