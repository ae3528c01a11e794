using System.Net;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Load balancers whose address is another's, or not the machine's: where their user looks he is told.</summary>
public sealed class NotServedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_with_the_same_pool_give_out_different_addresses()
    {
        var pool = ("AddressPool", $"{Ports.Network()}.0/24");
        await using var first = await CloudLbProcess.StartAsync(Token, pool);
        await using var second = await CloudLbProcess.StartAsync(Token, pool);
        foreach (var server in new[] { first, second })
        {
            await using var backend = await Backend.StartAsync(Token);
            var api = new ElbApi(server.Url);
            await api.CreateWebAsync("web", backend.Port, Token);
            await api.RegisterAsync("web", backend.Address, Token);
            Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(await server.TrafficUrlAsync("web", Token), 200, Token));
        }

        Assert.NotEqual((await first.StatusAsync("web", Token))!.Address, (await second.StatusAsync("web", Token))!.Address);
    }

    [Fact]
    public async Task A_load_balancer_at_an_address_that_the_machine_does_not_have_says_so_everywhere()
    {
        await using var server = await CloudLbProcess.StartAsync(Token, ("AddressPool", "192.0.2.0/30"));
        await using var backend = await Backend.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", backend.Address, Token);
        const string Reason = "192.0.2.1 is not an address of this machine; add it to a network interface (ip address add).";

        await Wait.ForAsync(
            () =>
                api.HealthAsync("web", backend.Address, Token), health =>
                    health == ("OutOfService", $"The load balancer is not served: {Reason}"), Token);
        var described = await server.CommandAsync(Token, "describe", "web");
        var explained = await server.CommandAsync(Token, "explain", "web", backend.Address);
        using var http = new HttpClient { BaseAddress = server.Url };
        using var ready = await http.GetAsync("/ready", Token);

        Assert.Matches($@"^NOT SERVED\s+{System.Text.RegularExpressions.Regex.Escape(Reason)}", described.Output);
        Assert.Contains(Reason, explained.Output, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, $"The load balancer {Account.First.Id}/us-east-1/web is not served: {Reason}\n"),
            (ready.StatusCode, await ready.Content.ReadAsStringAsync(Token)));
        Assert.Contains("cloudlb_unserved_load_balancers 1\n", await http.GetStringAsync("/metrics", Token), StringComparison.Ordinal);
    }
}
