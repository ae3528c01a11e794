using System.Text;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// What becomes of a request that has met a rule, and what a load balancer says by itself where it has a style of its own.
/// </summary>
public sealed class RuleTests
{
    private const string Page = "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n</html>\r\n";

    private static readonly PlannedAnswers Alb = new(
        "alb",
        [
            new(301, "Moved Permanently", "text/html", "<html>301</html>"),
            new(408, "Request Time-out"),
            new(502, "Bad Gateway", "text/html", "<html>502</html>"),
            new(503, "Service Temporarily Unavailable", "text/html", Page),
            new(504, "Gateway Time-out", "text/html", "<html>504</html>"),
        ],
        "awselb/2.0",
        BreaksAre502: true);

    [Fact]
    public async Task A_fixed_answer_that_has_no_content_by_its_status_is_given_without_the_body_that_was_asked_for()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Application("web") with
        {
            Listeners = [Listener() with { DefaultAction = new PlannedAction.FixedResponse(204, "text/plain", "nothing") }],
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);

        var answer = await RawClient.GetAsync(web);

        Assert.StartsWith("HTTP/1.1 204 ", answer);
        Assert.EndsWith("\r\n\r\n", answer);
    }

    [Theory]
    [InlineData(200, "text/plain", "hello")]
    [InlineData(404, "text/html", "<p title=\"a 'b' c\">100 % #{host} $HOME \\n \\x41</p>\r\n\tzwei %[src] ünï")]
    [InlineData(503, "application/json", "{\"a\": [1, 2]}")]
    [InlineData(599, "text/plain", "")]
    [InlineData(204, "text/plain", "")]
    public async Task A_fixed_answer_is_given_to_the_byte(int status, string type, string body)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Application("web") with
        {
            Listeners = [Listener() with { DefaultAction = new PlannedAction.FixedResponse(status, type, body) }],
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);

        var answer = await RawClient.GetAsync(web);

        var (head, end) = (answer.Split("\r\n\r\n", 2)[0] + "\r\n", answer.Split("\r\n\r\n", 2)[1]);
        Assert.StartsWith($"HTTP/1.1 {status} ", head);
        Assert.Equal(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(body)), end);
        Assert.Contains("Server: awselb/2.0\r\n", head, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("(?i)\r\ndate: [A-Z][a-z]{2}, [0-9]{2} [A-Z]", head);
        Assert.Equal(body.Length > 0, head.Contains($"content-type: {type}\r\n", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("#{protocol}", "#{host}", "#{port}", "/#{path}", "#{query}", "/a/b?x=1&y=%20", "http://web.test:8080/a/b?x=1&y=%20")]
    [InlineData("#{protocol}", "#{host}", "#{port}", "/#{path}", "#{query}", "/", "http://web.test:8080/")]
    [InlineData("#{protocol}", "#{host}", "#{port}", "/#{path}", "#{query}", "/?", "http://web.test:8080/")]
    [InlineData("HTTPS", "#{host}", "443", "/#{path}", "#{query}", "/a", "https://web.test:443/a")]
    [InlineData("HTTPS", "www.#{host}", "8443", "/new/#{path}", "old=1&#{query}", "/a?b", "https://www.web.test:8443/new/a?old=1&b")]
    [InlineData("HTTPS", "other.test", "443", "/%61/$HOME/'x'", "", "/a?b", "https://other.test:443/%61/$HOME/'x'")]
    public async Task A_redirect_says_where_to_and_always_the_port(
        string protocol, string host, string port, string path, string query, string asked, string location)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Application("web") with
        {
            Listeners = [Listener() with { DefaultAction = new PlannedAction.Redirect(301, protocol, host, port, path, query) }],
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);

        var answer = await RawClient.AskAsync(web, $"GET {asked} HTTP/1.1\r\nHost: web.test:8080\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 301 Moved Permanently\r\n", answer);
        Assert.Contains($"\r\nlocation: {location}\r\n", answer, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\r\n\r\n<html>301</html>", answer);
    }

    [Theory]
    [InlineData("Web.test", "https://Web.test:443/")]
    [InlineData("web.test:", "https://web.test:443/")]
    [InlineData("[::1]", "https://[::1]:443/")]
    [InlineData("[::1]:8080", "https://[::1]:443/")]
    public async Task A_redirect_has_the_host_without_its_port(string host, string location)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Application("web") with
        {
            Listeners = [Listener() with { DefaultAction = new PlannedAction.Redirect(301, "HTTPS", "#{host}", "443", "/", "") }],
        };
        await running.ApplyAsync(web);

        var answer = await RawClient.AskAsync(web, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.Contains($"\r\nlocation: {location}\r\n", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Requests_are_divided_among_the_pools_of_an_action_by_their_weights()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var third = await TestInstance.StartAsync("i-3");
        await using var running = await RunningDataPlane.StartAsync();
        var web = WithPools(("one", first), ("two", second), ("three", third)) with
        {
            Listeners =
            [
                Listener() with
                {
                    Rules =
                    [
                        new(1, [new PlannedCondition.Path([new("/none")])], new PlannedAction.Forward([new("one", 0), new("two", 0)])),
                        new(2, [new PlannedCondition.Path([new("/two")])], new PlannedAction.Forward([new("one", 0), new("two", 7)])),
                    ],
                    DefaultAction = new PlannedAction.Forward([new("one", 100), new("two", 100), new("three", 200)]),
                },
            ],
        };
        await running.ApplyAsync(web);
        await ServesAsync(running);
        using var connection = await KeptConnection.OpenAsync(web);

        var counts = new Dictionary<string, int>();
        for (var request = 0; request < 400; request++)
        {
            var answer = await connection.GetAsync();
            counts[answer!.Value.Body] = counts.GetValueOrDefault(answer.Value.Body) + 1;
        }

        // Each is some nine standard deviations away from its share.
        Assert.InRange(counts["i-1"], 20, 180);
        Assert.InRange(counts["i-2"], 20, 180);
        Assert.InRange(counts["i-3"], 110, 290);
        Assert.Equal(503, (await connection.GetAsync("/none"))?.Status);
        Assert.Equal((200, "i-2"), await connection.GetAsync("/two"));
    }

    [Fact]
    public async Task A_connection_that_was_kept_and_a_body_in_chunks_meet_the_rules_of_now()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = WithPools(("one", first), ("two", second));
        var before = web with { Listeners = [Listener() with { Rules = [Rule("/a", "one")], DefaultAction = Fixed("before") }] };
        var after = web with
        {
            Listeners = [Listener() with { Rules = [Rule("/b", "one"), Rule("/*", "two")], DefaultAction = Fixed("after") }],
        };
        await running.ApplyAsync(before);
        await ServesAsync(running);
        using var kept = await KeptConnection.OpenAsync(before);
        const string Chunks = "HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        Assert.Equal((200, "i-1"), await kept.GetAsync("/a"));
        Assert.Equal((200, "before"), await kept.GetAsync("/b"));
        Assert.Equal((200, "i-1"), await kept.AskAsync($"POST /a {Chunks}"));
        Assert.Equal((200, "before"), await kept.AskAsync($"POST /b {Chunks}"));

        await running.ApplyAsync(after);

        Assert.Equal((200, "i-2"), await kept.GetAsync("/a"));
        using var now = await KeptConnection.OpenAsync(after);
        Assert.Equal((200, "i-1"), await now.AskAsync($"POST /b {Chunks}"));
        Assert.Equal((200, "i-2"), await now.AskAsync($"POST /a {Chunks}"));
    }

    [Fact]
    public async Task Each_style_has_its_own_pages_and_statuses()
    {
        await using var instance = RawInstance.Start((_, _) => Task.FromResult(false));
        await using var running = await RunningDataPlane.StartAsync();
        var (web, classic) = (Application("web", instance.Planned()), Plans.LoadBalancer("classic", instance.Planned()));
        var empty = Application("empty");
        await running.ApplyAsync(web, classic, empty);
        await running.IsPassingAsync(web, "i-1");
        await running.IsPassingAsync(classic, "i-1");
        Assert.Empty(running.DataPlane.Faults);

        var none = await RawClient.GetAsync(empty);
        Assert.StartsWith("HTTP/1.1 503 Service Temporarily Unavailable\r\n", none);
        Assert.Contains("\r\nServer: awselb/2.0\r\n", none, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\ndate: ", none, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($"\r\n\r\n{Page}", none);
        Assert.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", await RawClient.GetAsync(web));
        Assert.StartsWith("HTTP/1.1 504 GATEWAY_TIMEOUT\r\n", await RawClient.GetAsync(classic));
        const string Chunks = "POST / HTTP/1.1\r\nHost: web\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n" +
            "3\r\nabc\r\n0\r\n\r\n";
        Assert.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", await RawClient.AskAsync(web, Chunks));
        Assert.StartsWith("HTTP/1.1 504 GATEWAY_TIMEOUT\r\n", await RawClient.AskAsync(classic, Chunks));
    }

    [Fact]
    public async Task Each_request_has_an_id()
    {
        await using var instance = RawInstance.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Application("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        await RawClient.GetAsync(web);
        await RawClient.GetAsync(web, "X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678;CalledFrom=app\r\n");
        await RawClient.GetAsync(
            web, "X-Amzn-Trace-Id: Self=1-67891234-12456789abcdef012345678;Root=1-67891233-abcdef012345678912345678\r\n");
        await RawClient.GetAsync(web, $"X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678;A={new string('a', 7168)}\r\n");

        var ids = instance.Heads.Select(head => head.Split("\r\n").Single(
            line => line.StartsWith("X-Amzn-Trace-Id: ", StringComparison.OrdinalIgnoreCase))["X-Amzn-Trace-Id: ".Length..]).ToList();
        const string Id = "1-[0-9a-f]{8}-[0-9a-f]{24}";
        Assert.Matches($"^Root={Id}$", ids[0]);
        Assert.Matches($"^Self={Id};Root=1-67891233-abcdef012345678912345678;CalledFrom=app$", ids[1]);
        Assert.Matches($"^Self={Id};Root=1-67891233-abcdef012345678912345678$", ids[2]);
        Assert.Matches($"^Root={Id}$", ids[3]);
        Assert.DoesNotContain("12456789abcdef", ids[2], StringComparison.Ordinal);
        var time = DateTimeOffset.FromUnixTimeSeconds(Convert.ToInt64(ids[0].Split('-')[1], 16));
        Assert.InRange(time, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Fact]
    public async Task A_pattern_that_could_be_tried_without_end_ends_soon()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var stars = string.Concat(Enumerable.Repeat("*a", 30));
        var web = Application("web") with
        {
            Listeners =
            [
                Listener() with
                {
                    Rules =
                    [
                        new(1, [new PlannedCondition.Path([new($"/{stars}b")])], Fixed("path")),
                        new(2, [new PlannedCondition.Header("X-Any", [new($"{stars}b")])], Fixed("header")),
                        new(3, [new PlannedCondition.Query([new("*a*a*a*a", $"{stars}b")])], Fixed("query")),
                    ],
                    DefaultAction = Fixed("none"),
                },
            ],
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        using var connection = await KeptConnection.OpenAsync(web);

        // Tried by every place of every star this would take longer than the world is old; the limit of the test is the one of the suite.
        var many = new string('a', 8_000);
        Assert.Equal((200, "none"), await connection.GetAsync($"/{many}?{many}={many}", $"X-Any: {many}\r\n"));
        Assert.Equal((200, "path"), await connection.GetAsync($"/{many}b"));
    }

    /// <summary>Returns when HAProxy has found every server up.</summary>
    private static Task ServesAsync(RunningDataPlane running) => Eventually.IsTrueAsync(
        async () => (await running.AskAsync("show stat -1 4 -1")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#') && !line.StartsWith("pass_", StringComparison.Ordinal))
            .All(line => line.Split(',')[17].StartsWith("UP", StringComparison.Ordinal)),
        "every server up");

    private static PlannedLoadBalancer Application(string name, params PlannedMember[] members)
    {
        var plain = Plans.LoadBalancer(name, members);
        return plain with { Id = plain.Id with { Kind = "alb" }, Answers = Alb, Listeners = [Listener()] };
    }

    private static PlannedLoadBalancer WithPools(params (string Name, TestInstance Instance)[] pools)
    {
        var web = Application("web");
        return web with
        {
            HealthPool = null,
            Pools = pools.OrderBy(pool => pool.Name, StringComparer.Ordinal)
                .Select(pool => web.Pools[0] with { Name = pool.Name, Members = [pool.Instance.Planned()] }).ToEquatableArray(),
        };
    }

    private static PlannedListener Listener()
    {
        var listener = Plans.Listener(Plans.Port);
        return listener with { Http = listener.Http! with { IsTraced = true } };
    }

    private static PlannedRule Rule(string path, string pool) =>
        new(path.Length + (path == "/*" ? 10 : 0), [new PlannedCondition.Path([new(path)])], PlannedAction.Forward.To(pool));

    private static PlannedAction.FixedResponse Fixed(string body) => new(200, "text/plain", body);
}
