using System.Net;
using System.Net.Sockets;
using CloudLb.Core;

namespace CloudLb.Tests.HAProxy;

public sealed class TrafficTests
{
    private static readonly HttpClient Client = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(60) };

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

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("127.0.0.1/32 ::1/128", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("::/0", false)]
    [InlineData("::/0 127.0.0.1/32", true)]
    [InlineData("", false)]
    public async Task Only_clients_of_the_allowed_networks_are_let_in(string networks, bool isLetIn)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web");
        var allowed = networks.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToEquatableArray();

        await running.ApplyAsync(web with { Listeners = [web.Listeners[0] with { AllowedSources = allowed }] });
        var request = Client.GetAsync(web.Url(), TestContext.Current.CancellationToken);

        if (isLetIn)
        {
            using var response = await request;
            Assert.Equal((HttpStatusCode)503, response.StatusCode);
            return;
        }

        // HttpClient tells of a connection that is closed before it could look at it in the socket's own words.
        Assert.True(await Record.ExceptionAsync(() => request) is HttpRequestException or SocketException);
        Assert.Empty(running.DataPlane.Faults);
    }

    private static Task<string> GetAsync(Uri url) => Client.GetStringAsync(url, TestContext.Current.CancellationToken);
}
