using System.Net;

namespace CloudLb.Tests.HAProxy;

public sealed class TrafficTests
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task A_load_balancer_serves_its_instance_as_soon_as_that_has_passed_one_check()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());

        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal("i-1", await GetAsync(web.Url()));
        Assert.Empty(running.DataPlane.Faults);
    }

    [Fact]
    public async Task Without_a_healthy_instance_the_answer_is_503_in_AWS_words()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web");

        await running.ApplyAsync(web);
        using var response = await Client.GetAsync(web.Url(), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)503, response.StatusCode);
        Assert.Equal("Service Unavailable: Back-end server is at capacity", response.ReasonPhrase);
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    private static Task<string> GetAsync(Uri url) => Client.GetStringAsync(url, TestContext.Current.CancellationToken);
}
