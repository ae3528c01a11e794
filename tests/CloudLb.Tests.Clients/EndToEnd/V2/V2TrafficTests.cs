using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Application and network load balancers made with boto3, and what goes through them.</summary>
public sealed class V2TrafficTests(SharedServer server)
{
    private const string Refused = "Health checks failed with these codes: [503]";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application", "HTTP")]
    [InlineData("network", "TCP")]
    public async Task A_listener_forwards_to_the_healthy_targets_of_its_group(string type, string protocol)
    {
        var name = $"v2-{type}";
        await using var first = await Backend.StartAsync(Token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", first.Port, Token);
        second.HealthStatus = 503;
        var made = JsonNode.Parse(
            await PythonAsync("create", name, type, protocol, $"{Ports.Http}", $"{first.Port}", first.Address, second.Address))!;
        var (arn, group) = ((string)made[0]!, (string)made[1]!);

        await BecomesAsync(group, first.Address, "healthy");
        Assert.Equal(("unhealthy", "Target.ResponseCodeMismatch", Refused), await BecomesAsync(group, second.Address, "unhealthy"));
        var url = await server.Process.TrafficUrlAsync(name, Token);
        for (var request = 0; request < 5; request++)
        {
            Assert.Equal((200, first.Address), await Traffic.GetAsync(url, Token));
        }

        // A process that has begun to serve a moment ago has made no check yet.
        var described = await Wait.ForAsync(
            () => server.Process.CommandAsync(Token, "describe", name),
            described => Regex.IsMatch(described.Output, $"{first.Address} .*healthy .*200 "), Token);
        Assert.Contains($"{name}: 1 of 2 in service", described.Output, StringComparison.Ordinal);
        Assert.Contains($"{first.Address}:{first.Port}", described.Output, StringComparison.Ordinal);
        second.HealthStatus = 200;
        await BecomesAsync(group, second.Address, "healthy");
        await PythonAsync("deregister", group, first.Address);
        await Wait.ForAsync(() => Traffic.GetAsync(url, Token), answer => answer == (200, second.Address), Token);
        Assert.Equal("draining", (await HealthAsync(group, first.Address)).State);

        // The only target is given traffic, whatever its checks say.
        second.HealthStatus = 503;
        await BecomesAsync(group, second.Address, "unhealthy");
        Assert.Equal((200, second.Address), await Traffic.GetAsync(url, Token));

        await PythonAsync("delete", arn, group);
        await Wait.ForAsync(() => server.Process.StatusAsync(name, Token), status => status is null, Token);
    }

    [Fact]
    public async Task A_client_that_keeps_cookies_stays_with_its_target_and_is_moved_when_that_is_deregistered()
    {
        await using var first = await Backend.StartAsync(Token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", first.Port, Token);
        var made = JsonNode.Parse(
            await PythonAsync("create", "v2-sticky", "application", "HTTP", $"{Ports.Http}", $"{first.Port}", first.Address))!;
        var (arn, group) = ((string)made[0]!, (string)made[1]!);
        await PythonAsync("set-attributes", group, "stickiness.enabled=true", "stickiness.lb_cookie.duration_seconds=600");
        await BecomesAsync(group, first.Address, "healthy");
        var url = await server.Process.TrafficUrlAsync("v2-sticky", Token);
        using HttpClient client = new(new SocketsHttpHandler()), stranger = new(new SocketsHttpHandler { UseCookies = false });
        await Wait.ForAsync(() => AnswerAsync(client), answer => answer.IsSticky, Token);

        // The second one joins while the client is there.
        await server.Api.SendAsync(
            $"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={second.Address}&Version=2015-12-01", Token);
        await BecomesAsync(group, second.Address, "healthy");
        await Wait.ForAsync(() => AnswerAsync(stranger), answer => answer == (true, second.Address), Token);
        for (var request = 0; request < 6; request++)
        {
            Assert.Equal((true, first.Address), await AnswerAsync(client));
        }

        await PythonAsync("deregister", group, first.Address);
        await Wait.ForAsync(() => AnswerAsync(client), answer => answer == (true, second.Address), Token);
        await PythonAsync("delete", arn, group);

        async Task<(bool IsSticky, string Target)> AnswerAsync(HttpClient client)
        {
            using var answer = await client.GetAsync(url, Token);
            return (
                answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("AWSALB=")),
                await answer.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task A_network_load_balancer_sends_to_an_application_load_balancer_which_is_there_as_long()
    {
        await using var backend = await Backend.StartAsync(Token);
        var (port, netPort) = (Ports.Http, Ports.Http);
        var web = JsonNode.Parse(
            await PythonAsync("create", "v2-behind", "application", "HTTP", $"{port}", $"{backend.Port}", backend.Address))!;
        var net = JsonNode.Parse(await PythonAsync("chain", "v2-before", (string)web[0]!, $"{netPort}", $"{port}"))!;
        await BecomesAsync((string)net[1]!, (string)web[0]!, "healthy");
        var url = await server.Process.TrafficUrlAsync("v2-before", Token);
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, Token));
        Assert.Contains("ResourceInUse", (await server.Api.SendAsync(
            $"Action=DeleteLoadBalancer&LoadBalancerArn={web[0]}&Version=2015-12-01", Token)).Body);

        await PythonAsync("delete", (string)net[0]!, (string)net[1]!);
        await PythonAsync("delete", (string)web[0]!, (string)web[1]!);
    }

    [Fact]
    public async Task Connections_to_a_deregistered_target_of_a_network_load_balancer_go_on_when_the_delay_is_over()
    {
        await using var first = await Backend.StartAsync(Token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", first.Port, Token);
        var made = JsonNode.Parse(
            await PythonAsync("create", "v2-kept", "network", "TCP", $"{Ports.Http}", $"{first.Port}", first.Address))!;
        var (arn, group) = ((string)made[0]!, (string)made[1]!);
        await PythonAsync("set-attributes", group, "deregistration_delay.timeout_seconds=5");
        await BecomesAsync(group, first.Address, "healthy");
        var url = await server.Process.TrafficUrlAsync("v2-kept", Token);
        using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromHours(1) });
        Assert.Equal(first.Address, await client.GetStringAsync(url, Token));

        await server.Api.SendAsync(
            $"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={second.Address}&Version=2015-12-01", Token);
        await BecomesAsync(group, second.Address, "healthy");
        await PythonAsync("deregister", group, first.Address);
        await BecomesAsync(group, first.Address, "unused");
        Assert.Equal((200, second.Address), await Traffic.GetAsync(url, Token));
        Assert.Equal(first.Address, await client.GetStringAsync(url, Token));
        await PythonAsync("delete", arn, group);
    }

    private async Task<string> PythonAsync(params string[] arguments)
    {
        var result = await AwsPython.All.First().RunAsync("elbv2.py", server.Process.Url, Account.First, Token, arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private async Task<(string State, string? Reason, string? Description)> HealthAsync(string group, string target)
    {
        var answer = await server.Api.SendAsync(
            $"Action=DescribeTargetHealth&TargetGroupArn={group}&Targets.member.1.Id={target}&Version=2015-12-01", Token);
        var health = XElement.Parse(answer.Body).Descendants().Single(element => element.Name.LocalName == "TargetHealth");
        string? Value(string name) => health.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        return (Value("State")!, Value("Reason"), Value("Description"));
    }

    private Task<(string State, string? Reason, string? Description)> BecomesAsync(string group, string target, string state) =>
        Wait.ForAsync(() => HealthAsync(group, target), health => health.State == state, Token);
}
