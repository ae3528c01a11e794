using System.Net.Sockets;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.LoggedRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>What is logged of a load balancer with rules.</summary>
public sealed class ApplicationLogTests
{
    [Fact]
    public async Task A_request_is_logged_with_the_rule_that_it_met_and_what_was_done()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServeAsync(running, Web(instance));
        var log = Log(running);

        await GetAsync(web, "/", "X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678\r\n");
        await GetAsync(web, "/api/x");
        await GetAsync(web, "/fixed?%[src]");
        await GetAsync(web, "/moved/\"%{+Q}|}", "Host: a\"#{|}b\r\n");
        await GetAsync(web, "/none");

        var entries = InOrder(await log.ReadAsync(5));
        Assert.Equal(
            [(0, "forward", "http-8081"), (10, "forward", "http-8081"), (20, "fixed-response", null), (30, "redirect", null),
                (40, "forward", "none")],
            entries.Select(entry => (entry.Decision!.Rule ?? -1, entry.Decision.Action!, entry.Decision.Pool)));
        Assert.Equal([200, 200, 418, 302, 503], entries.Select(entry => entry.Status));
        Assert.Equal([200, 200, null, null, null], entries.Select(entry => entry.InstanceStatus));
        Assert.Matches("^Self=1-[^;]*;Root=1-67891233-abcdef012345678912345678$", entries[0].Decision!.TraceId);
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$", entries[1].Decision!.TraceId);
        Assert.Equal("https://a\"#{|}b:443/moved/\"%{+Q}|}", entries[3].Decision!.Location);
        Assert.All(entries, entry => Assert.Matches("^[0-9a-f-]{36}$", entry.Decision!.ConnectionId));
        Assert.All(entries, entry => Assert.True(entry.Decision!.AllReceived > 30 && entry.Decision.AllSent > 60));
    }

    [Fact]
    public async Task A_body_in_chunks_and_a_kept_connection_are_logged_once_with_their_rule()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServeAsync(running, Web(instance));
        var log = Log(running);
        const string Chunks = "HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        using var kept = await KeptConnection.OpenAsync(web);
        Assert.Equal(200, (await kept.AskAsync($"POST /api/x {Chunks}"))?.Status);
        Assert.Equal(418, (await kept.AskAsync($"POST /fixed {Chunks}"))?.Status);

        await running.ApplyAsync(web with { Listeners = [web.Listeners[0] with { IdleTimeout = TimeSpan.FromSeconds(50) }] });
        Assert.Equal(200, (await kept.GetAsync("/api/y"))?.Status);

        var entries = InOrder(await log.ReadAsync(3));
        Assert.Equal([(10, 200), (20, 418), (10, 200)], entries.Select(entry => (entry.Decision!.Rule ?? -1, entry.Status ?? 0)));
        Assert.Equal((3L, "/api/x"), (entries[0].ReceivedBytes, entries[0].Request!.Target));
        Assert.Equal(web.Id, entries[2].LoadBalancer);
    }

    [Fact]
    public async Task A_client_that_goes_away_first_and_a_refused_request_are_told_as_such()
    {
        await using var instance = RawInstance.Start((_, _) => Task.FromResult(true));
        await using var running = await RunningDataPlane.StartAsync();
        var plan = ApplicationPlans.LoadBalancer("web", instance.Planned());
        var web = await ServeAsync(running, plan with
        {
            Listeners = [plan.Listeners[0] with { IdleTimeout = TimeSpan.FromSeconds(1) }],
            Pools = [plan.Pools[0] with { IdleTimeout = TimeSpan.FromSeconds(1) }],
        });
        var log = Log(running);

        Assert.StartsWith("HTTP/1.1 504", await RawClient.GetAsync(web), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await SendAsync(web.Address, Plans.Port, "GARBAGE\r\n\r\n"), StringComparison.Ordinal);

        var entries = InOrder(await log.ReadAsync(2));
        Assert.Equal((504, "forward", false), (entries[0].Status, entries[0].Decision!.Action, entries[0].Decision!.IsAbandoned));
        Assert.Equal((400, null), (entries[1].Status, entries[1].Decision?.Action));
    }

    [Fact]
    public async Task What_a_rule_has_made_of_a_request_is_logged_beside_what_it_was()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var plan = Web(instance);
        var rewriting = plan.Listeners[0].Rules[0] with
        {
            Rewrites =
            [
                new(RewrittenPart.Host, "^.*$", "new.test"), new(RewrittenPart.PathAndQuery, "^/api/(.*)$", "/$1"),
            ],
        };
        var web = await ServeAsync(running, plan with { Listeners = [plan.Listeners[0] with { Rules = [rewriting] }] });
        var log = Log(running);

        await GetAsync(web, "/api/x?\"|}");
        await GetAsync(web, "/other");
        await RawClient.AskAsync(
            web, "GET /api/y HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n");

        var entries = InOrder(await log.ReadAsync(3));
        Assert.Equal(
            [new AccessLogTransform("new.test", "/x?\"|}", "TransformSuccess"), null, new("new.test", "/y", "TransformSuccess")],
            entries.Select(entry => entry.Decision!.Transform));
        Assert.Equal(("/api/x?\"|}", "a"), (entries[0].Request!.Target, entries[0].Request!.Host));
        Assert.Equal(new AccessLogClass("Ambiguous", "UndefinedTransferEncodingSemantics"), entries[2].Decision!.Class);
    }

    [Fact]
    public async Task Classic_load_balancers_beside_it_are_logged_as_ever()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var classic = Plans.LoadBalancer("classic", instance.Planned()) with { IsLogged = true };
        var web = Web(instance) with { IsLogged = true };
        await running.ApplyAsync(web, classic);
        await running.IsPassingAsync(classic, "i-1");
        await running.IsPassingAsync(web, "i-1");
        Assert.Empty(running.DataPlane.Faults);
        var log = Log(running);

        await RawClient.GetAsync(classic);
        using (var kept = await KeptConnection.OpenAsync(classic))
        {
            await kept.AskAsync("POST /x HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        }

        var entries = InOrder(await log.ReadAsync(2));
        Assert.All(entries, entry => Assert.Equal((classic.Id, 200), (entry.LoadBalancer, entry.Status)));
        Assert.Equal((3L, "/x"), (entries[1].ReceivedBytes, entries[1].Request!.Target));
    }

    [Fact]
    public async Task A_client_that_goes_away_in_its_body_is_told_as_gone()
    {
        await using var instance = RawInstance.Start((_, _) => Task.FromResult(true));
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServeAsync(running, ApplicationPlans.LoadBalancer("web", instance.Planned()));
        var log = Log(running);

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"u8.ToArray(), TestContext.Current.CancellationToken);
            await Eventually.IsTrueAsync(() => !instance.Heads.IsEmpty, "the head has come");
        }

        var entry = Assert.Single(await log.ReadAsync(1));
        Assert.True(entry.Decision!.IsAbandoned, $"{entry}");
        Assert.Null(entry.InstanceStatus);
    }

    /// <summary>Each thread of a process writes to a file of its own.</summary>
    private static List<AccessLogEntry> InOrder(IEnumerable<AccessLogEntry> entries) => [.. entries.OrderBy(entry => entry.LoggedAt)];

    private static PlannedLoadBalancer Web(TestInstance instance)
    {
        var web = ApplicationPlans.LoadBalancer("web", instance.Planned());
        return web with
        {
            Pools = [web.Pools[0], web.Pools[0] with { Name = "none", Members = [] }],
            Listeners =
            [
                ApplicationPlans.Listener() with
                {
                    Rules =
                    [
                        Rule(10, "/api/*", PlannedAction.Forward.To("http-8081")),
                        Rule(20, "/fixed", new PlannedAction.FixedResponse(418, "text/plain", "teapot")),
                        Rule(30, "/moved/*", new PlannedAction.Redirect(302, "https", "#{host}", "443", "/#{path}", "#{query}")),
                        Rule(40, "/none", PlannedAction.Forward.To("none")),
                    ],
                },
            ],
        };
    }

    private static PlannedRule Rule(int priority, string path, PlannedAction action) =>
        new(priority, [new PlannedCondition.Path([new(path)])], action);

    private static Task<string> GetAsync(PlannedLoadBalancer web, string target, string headers = "") => RawClient.AskAsync(
        web,
        $"GET {target} HTTP/1.1\r\n{(headers.StartsWith("Host", StringComparison.Ordinal) ? "" : "Host: a\r\n")}{headers}" +
        "Connection: close\r\n\r\n");
}
