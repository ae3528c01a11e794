using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>What a client sends within a tunnel no rule sees, and none of the load balancer's own headers is taken out of.</summary>
public sealed class TunnelTests
{
    // As of a server that looks at no method, and takes what follows for the next request.
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData(true, "web.test:80")]
    [InlineData(true, "web.test:8080")]
    [InlineData(false, "web.test:80")]
    public async Task No_client_makes_one_to_a_target_that_answers_whatever_it_is_asked(bool isApplication, string authority)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = isApplication
            ? ApplicationPlans.LoadBalancer("web", instance.Planned())
            : Plans.LoadBalancer("web", instance.Planned());
        await ServeAsync(running, web);

        Assert.StartsWith("HTTP/1.1 405 ", await AskAsync(web, authority));

        Assert.Empty(instance.Heads);
    }

    [Fact]
    public async Task Nor_where_the_listener_has_rules_of_its_own()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = ApplicationPlans.LoadBalancer("web", instance.Planned()).With(http => http with { HidesServer = true });
        await ServeAsync(running, web);

        Assert.StartsWith("HTTP/1.1 405 ", await AskAsync(web, "web.test:80"));

        Assert.Empty(instance.Heads);
    }

    private static async Task ServeAsync(RunningDataPlane running, PlannedLoadBalancer web)
    {
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Assert.Empty(running.DataPlane.Faults);
    }

    /// <summary>Asks for a tunnel, and sends into it what the load balancer would not have let through.</summary>
    private static Task<string> AskAsync(PlannedLoadBalancer web, string authority) => RawClient.AskAsync(
        web,
        $"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n" +
        "GET /forged HTTP/1.1\r\nHost: web.test\r\nX-Forwarded-For: 192.0.2.1\r\nConnection: close\r\n\r\n");
}
