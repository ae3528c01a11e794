using System.Text.RegularExpressions;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>What a load balancer can be told to do to the heads of requests and answers, besides what all do.</summary>
public sealed class OwnHeadTests
{
    private const string Answer =
        "HTTP/1.1 200 OK\r\nServer: own\r\nX-Frame-Options: ALLOWALL\r\nContent-Length: 0\r\n\r\n";

    // Whatever has a meaning somewhere in a configuration.
    private const string Hostile = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ %[src] %{+Q}o %% \\1 $HOME ${HOME} %s";

    [Theory]
    [InlineData(ForwardedFor.Preserve, false, "", null)]
    [InlineData(ForwardedFor.Preserve, true, "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2, %[src]\r\n", "1.1.1.1|2.2.2.2, %[src]")]
    [InlineData(ForwardedFor.Remove, false, "", null)]
    [InlineData(ForwardedFor.Remove, true, "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\n", null)]
    [InlineData(ForwardedFor.Append, true, "", "127.0.0.1:P")]
    [InlineData(ForwardedFor.Append, true, "X-Forwarded-For: 1.1.1.1\r\n", "1.1.1.1, 127.0.0.1:P")]
    [InlineData(ForwardedFor.Append, true, "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: b\r\n", "1.1.1.1, b, 127.0.0.1:P")]
    [InlineData(ForwardedFor.Append, true, "X-Forwarded-For: \r\n", "127.0.0.1:P")]
    public async Task X_Forwarded_For_is_what_the_mode_says(ForwardedFor mode, bool tellsPort, string lines, string? expected)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance, http => http with { ForwardedFor = mode, TellsClientPort = tellsPort });

        Assert.StartsWith("HTTP/1.1 200 ", await RawClient.GetAsync(web, lines));

        var head = Assert.Single(instance.Heads);
        var values = Values(head, "X-Forwarded-For").Select(value => Regex.Replace(value, ":[0-9]+$", ":P"));
        Assert.Equal(expected?.Split('|') ?? [], values);
        Assert.Equal([$"{Plans.Port}"], Values(head, "X-Forwarded-Port"));
    }

    [Theory]
    [InlineData(ForwardedFor.Append, 30, "HTTP/1.1 200 ")]
    [InlineData(ForwardedFor.Append, 31, "HTTP/1.1 463 ")]
    [InlineData(ForwardedFor.Remove, 31, "HTTP/1.1 463 ")]
    public async Task More_than_30_addresses_are_refused(ForwardedFor mode, int count, string expected)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance, http => http with { ForwardedFor = mode });

        var answer = await RawClient.GetAsync(
            web, $"X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: {string.Join(", ", Enumerable.Repeat("192.0.2.2", count - 1))}\r\n");

        Assert.StartsWith(expected, answer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TRACE_is_not_allowed(bool isOwn)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var page = new PlannedAnswer(405, "Not Allowed", "text/html", "<html>405</html>");
        var planned = ApplicationPlans.LoadBalancer("web", instance.Planned()) with
        {
            Answers = ApplicationPlans.Answers with { Answers = [.. ApplicationPlans.Answers.Answers, page] },
        };
        var web = await ServedAsync(running, planned.With(http => http with { HidesServer = isOwn }));

        var answer = await RawClient.AskAsync(web, "TRACE / HTTP/1.1\r\nHost: web.test\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 405 Not Allowed\r\n", answer);
        Assert.Equal(!isOwn, answer.Contains("\r\nserver: awselb/2.0\r\n", StringComparison.OrdinalIgnoreCase));
        Assert.EndsWith("\r\n\r\n<html>405</html>", answer);
        Assert.Empty(instance.Heads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_of_targets_are_given_no_date_and_those_of_the_load_balancer_one(bool isOwn)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance, http => http with { HidesServer = isOwn });

        var passedOn = await RawClient.GetAsync(web);
        var refused = await RawClient.AskAsync(web, "TRACE / HTTP/1.1\r\nHost: web.test\r\nConnection: close\r\n\r\n");

        Assert.Empty(Values(passedOn, "Date"));
        Assert.Single(Values(refused, "Date"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_have_an_id_and_those_that_came_with_one_both(bool isOwn)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance, http => http with { HidesServer = isOwn });

        await RawClient.GetAsync(web);
        await RawClient.GetAsync(web, "X-Amzn-Trace-Id: Self=1-0-0;Root=1-67891233-abcdef012345678912345678\r\n");

        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$", Assert.Single(Values(instance.Heads.First(), "X-Amzn-Trace-Id")));
        Assert.Matches(
            "^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-67891233-abcdef012345678912345678$",
            Assert.Single(Values(instance.Heads.Last(), "X-Amzn-Trace-Id")));
    }

    [Fact]
    public async Task Where_answers_alone_have_settings_the_clients_address_is_appended_as_ever()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance, http => http with { HidesServer = true });

        await RawClient.GetAsync(web);
        await RawClient.GetAsync(web, "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\n");

        Assert.Equal(["127.0.0.1"], Values(instance.Heads.First(), "X-Forwarded-For"));
        Assert.Equal(["1.1.1.1, 2.2.2.2, 127.0.0.1"], Values(instance.Heads.Last(), "X-Forwarded-For"));
    }

    [Theory]
    [InlineData(true, "web.test", "web.test:8080")]
    [InlineData(true, "web.test:8080", "web.test:8080")]
    [InlineData(true, "web.test:9", "web.test:8080")]
    [InlineData(true, "[::1]", "[::1]:8080")]
    [InlineData(true, "[::1]:80", "[::1]:8080")]
    [InlineData(true, "Web.TEST", "web.test:8080")]
    [InlineData(true, "Web.TEST:8080", "web.test:8080")]
    [InlineData(false, "web.test", "web.test")]
    [InlineData(false, "Web.TEST", "Web.TEST")]
    [InlineData(false, "web.test:9", "web.test:9")]
    public async Task The_host_is_in_lower_case_with_the_listeners_port_or_as_it_came(bool isAdjusted, string sent, string expected)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance, http => http with { AdjustsHost = isAdjusted });

        await RawClient.AskAsync(web, $"GET / HTTP/1.1\r\nHost: {sent}\r\nConnection: close\r\n\r\n");

        Assert.Equal([expected], Values(Assert.Single(instance.Heads), "Host"));
    }

    [Fact]
    public async Task Members_that_get_traffic_as_too_few_are_in_service_are_told_the_same()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = ApplicationPlans.LoadBalancer("web", instance.Planned());
        web = web with { Pools = [web.Pools[0] with { FailsOpenBelow = 2 }] };
        web = await ServedAsync(running, web.With(http => http with { AdjustsHost = true, DropsInvalidHeaders = true }));

        await RawClient.AskAsync(web, "GET / HTTP/1.1\r\nHost: web.test\r\nx_under: a\r\nConnection: close\r\n\r\n");

        var head = Assert.Single(instance.Heads);
        Assert.Equal(["web.test:8080"], Values(head, "Host"));
        Assert.Empty(Values(head, "x_under"));
    }

    [Fact]
    public async Task Of_several_listeners_the_host_has_the_port_of_the_one_that_was_asked_and_none_that_is_usual()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The usual port is bound by root alone.");
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = ApplicationPlans.LoadBalancer("web", instance.Planned()) with
        {
            Listeners = [ApplicationPlans.Listener(80), ApplicationPlans.Listener()],
        };
        web = web.With(http => http with { AdjustsHost = true });
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Assert.Empty(running.DataPlane.Faults);

        (int, string)[] requests =
            [(80, "web.test"), (80, "Web.test:80"), (80, "[::1]:80"), (80, "WEB.test"), (Plans.Port, "web.test")];
        foreach (var (port, sent) in requests)
        {
            using var connection = await KeptConnection.OpenAsync(web, port);
            Assert.Equal((200, ""), await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {sent}\r\n\r\n"));
        }

        Assert.Equal(
            ["web.test", "web.test", "[::1]", "web.test", "web.test:8080"], instance.Heads.Select(head => Values(head, "Host").Single()));
    }

    [Theory]
    [InlineData(true, "X-Good-1")]
    [InlineData(false, "X-Good-1 x_under x.dot x~tilde")]
    public async Task Headers_with_other_letters_in_their_names_are_left_out_where_that_is_asked_for(bool drops, string expected)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance, http => http with { DropsInvalidHeaders = drops });

        await RawClient.GetAsync(web, "X-Good-1: a\r\nx_under: a\r\nx.dot: a\r\nx~tilde: a\r\n");

        var head = Assert.Single(instance.Heads);
        Assert.Equal(
            expected.Split(' '),
            new[] { "X-Good-1", "x_under", "x.dot", "x~tilde" }.Where(name => Values(head, name) is ["a"]));
    }

    [Theory]
    [InlineData("/target", 200, "own")]
    [InlineData("/fixed", 200, null)]
    [InlineData("/redirect", 301, null)]
    [InlineData("/none", 503, null)]
    public async Task Every_answer_has_the_headers_and_those_of_the_load_balancer_itself_no_server(string path, int status, string? server)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = ApplicationPlans.LoadBalancer("web", instance.Planned());
        web = web with
        {
            Pools = [web.Pools[0], web.Pools[0] with { Name = "none", Members = [] }],
            Listeners =
            [
                ApplicationPlans.Listener() with
                {
                    Rules =
                    [
                        Rule(1, "/fixed", new PlannedAction.FixedResponse(200, "text/plain", "fixed")),
                        Rule(2, "/redirect", new PlannedAction.Redirect(301, "https", "#{host}", "443", "/", "")),
                        Rule(3, "/none", PlannedAction.Forward.To("none")),
                    ],
                },
            ],
        };
        web = web.With(http => http with
        {
            HidesServer = true,
            ResponseHeaders = [new("X-Frame-Options", "DENY"), new("Content-Security-Policy", Hostile)],
        });
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Assert.Empty(running.DataPlane.Faults);

        var answer = await RawClient.AskAsync(web, $"GET {path} HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Equal(["DENY"], Values(answer, "X-Frame-Options"));
        Assert.Equal([Hostile], Values(answer, "Content-Security-Policy"));
        Assert.Equal(server is null ? [] : [server], Values(answer, "Server"));
    }

    [Fact]
    public async Task A_connection_ends_with_the_first_answer_after_its_time()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance, http => http with { ClientKeepAlive = TimeSpan.FromHours(1) });
        using var kept = await KeptConnection.OpenAsync(web);
        Assert.Equal((200, ""), await kept.GetAsync());
        Assert.Equal((200, ""), await kept.GetAsync());
        Assert.False(kept.IsClosing);

        await running.ApplyAsync(web.With(http => http with { ClientKeepAlive = TimeSpan.FromSeconds(2) }));
        using var brief = await KeptConnection.OpenAsync(web);
        await Eventually.IsTrueAsync(
            async () =>
            {
                Assert.Equal((200, ""), await brief.GetAsync());
                return brief.IsClosing;
            },
            "the connection has had its time");

        await brief.IsClosedAsync();
    }

    private static PlannedRule Rule(int priority, string path, PlannedAction action) =>
        new(priority, [new PlannedCondition.Path([new(path)])], action);

    private static async Task<PlannedLoadBalancer> ServedAsync(
        RunningDataPlane running, RawInstance instance, Func<PlannedHttp, PlannedHttp> change) =>
        await ServedAsync(running, ApplicationPlans.LoadBalancer("web", instance.Planned()).With(change));

    private static async Task<PlannedLoadBalancer> ServedAsync(RunningDataPlane running, PlannedLoadBalancer web)
    {
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Assert.Empty(running.DataPlane.Faults);
        return web;
    }

    private static string[] Values(string head, string name) =>
    [
        .. head.Split("\r\n\r\n")[0].Split("\r\n").Where(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim()),
    ];
}
