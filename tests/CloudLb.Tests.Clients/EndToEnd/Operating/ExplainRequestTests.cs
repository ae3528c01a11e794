using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary><c>cloudlb explain NAME --request</c>: where a request would go; and the figures of what has gone.</summary>
public sealed class ExplainRequestTests(SharedServer server)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly V2Calls _calls = new(server.Api);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_told_its_rule_its_group_and_why()
    {
        await using var target = await Backend.StartAsync(Token);
        var (loadBalancer, listener) = await _calls.ServeAsync("v2-explain", target);
        await _calls.CallAsync(
            $"Action=CreateRule&ListenerArn={listener}&Priority=10&Conditions.member.1.Field=path-pattern" +
            "&Conditions.member.1.Values.member.1=%2Fteapot&Conditions.member.2.Field=http-header" +
            "&Conditions.member.2.HttpHeaderConfig.HttpHeaderName=X-Kind&Conditions.member.2.HttpHeaderConfig.Values.member.1=po*" +
            "&Actions.member.1.Type=fixed-response&Actions.member.1.FixedResponseConfig.StatusCode=418");
        var url = await server.Process.TrafficUrlAsync("v2-explain", Token);
        await Wait.ForAsync(() => StatusAsync(url), status => status == 200, Token);

        var (code, text) = await ExplainAsync($"GET http://web.test:{Ports.Http}/teapot?x=1", "--header", "x-kind: Pot");
        Assert.Equal(0, code);
        Assert.StartsWith(
            $"The request meets rule 10 of the listener on port {Ports.Http}, which answers it with 418 by itself.\n", text);
        Assert.Contains(
            "- Rule 10 decides: the path matches '/teapot', and a header X-Kind matches 'po*'.\n", text, StringComparison.Ordinal);

        (code, text) = await ExplainAsync($"http://web.test:{Ports.Http}/x/../%74eapot", "--header", "x-kind: Pot");
        Assert.Equal(0, code);
        Assert.StartsWith("The request meets rule 10 ", text);
        (code, text) = await ExplainAsync($"http://web.test:{Ports.Http}/x/../../teapot");
        Assert.Equal(1, code);
        Assert.StartsWith($"The listener on port {Ports.Http} refuses the request (400)", text);
        using (var client = new SocketsHttpHandler { UseProxy = false })
        {
            // As it is written, with its dots.
            using var raw = new HttpClient(client);
            var strange = new Uri($"{url.GetLeftPart(UriPartial.Authority)}/x/../../teapot", new UriCreationOptions
            {
                DangerousDisablePathAndQueryCanonicalization = true,
            });
            Assert.Equal(400, (int)(await raw.GetAsync(strange, Token)).StatusCode);
        }

        (code, text) = await ExplainAsync($"http://web.test:{Ports.Http}/teapot");
        Assert.Equal(0, code);
        Assert.Contains("which forwards it to the target group v2-explain.\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "- Rule 10 is passed over: it asks that a header X-Kind matches 'po*', and there is none.\n", text, StringComparison.Ordinal);
        Assert.Contains("- 1 of the 1 targets of v2-explain takes requests.\n", text, StringComparison.Ordinal);

        (code, text) = await ExplainAsync($"GET http://web.test:{Ports.Http}/", "--output", "json");
        var json = JsonNode.Parse(text)!;
        Assert.Equal((0, "default", "forward"), (code, (string?)json["rule"], (string?)json["action"]));
        Assert.Equal("v2-explain", (string?)json["targetGroups"]![0]!["name"]);

        Assert.Equal(1, (await ExplainAsync("GET http://web.test:9/")).Code);
        Assert.Equal(1, (await ExplainAsync($"GET https://web.test:{Ports.Http}/")).Code);
        Assert.Equal(2, (await ExplainAsync("GET /nothing")).Code);
        Assert.Equal(2, (await ExplainAsync($"GET http://web.test:{Ports.Http}/", "--header", "none")).Code);

        await Wait.ForAsync(
            () => Http.GetStringAsync(new Uri(server.Process.Url, "/metrics"), Token),
            metrics => metrics.Contains("cloudlb_applicationelb_healthy_hosts{", StringComparison.Ordinal)
                && Requests(metrics) >= 1, Token);
        await _calls.CallAsync($"Action=DeleteLoadBalancer&LoadBalancerArn={loadBalancer}");
    }

    private static int Requests(string metrics) => metrics.Split('\n')
        .Where(line => line.StartsWith("cloudlb_applicationelb_requests_total{", StringComparison.Ordinal)
            && line.Contains("app/v2-explain/", StringComparison.Ordinal))
        .Sum(line => int.Parse(line.Split(' ')[^1]));

    private async Task<(int Code, string Text)> ExplainAsync(string request, params string[] more)
    {
        var told = await server.Process.CommandAsync(Token, ["explain", "v2-explain", "--request", request, .. more]);
        return (told.ExitCode, told.Output);
    }

    private static async Task<int> StatusAsync(Uri url)
    {
        try
        {
            using var response = await Http.GetAsync(url, Token);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
