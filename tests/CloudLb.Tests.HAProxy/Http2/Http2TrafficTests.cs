using System.Collections.Concurrent;
using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Machine;
using static CloudLb.Tests.HAProxy.Http2Plans;
using static CloudLb.Tests.HAProxy.LoggedRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>Clients that speak HTTP/2: rules, cookies, logs, hand-overs and the end.</summary>
public sealed class Http2TrafficTests
{
    [Fact]
    public async Task Rules_redirects_answers_and_logs_are_those_of_other_clients()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Secure(running, "web", instance.Planned());
        web = await ServeAsync(running, web with
        {
            Listeners =
            [
                web.Listeners[0] with
                {
                    Rules =
                    [
                        Rule(10, "/api/*", PlannedAction.Forward.To("http-8081")),
                        Rule(20, "/moved/*", new PlannedAction.Redirect(302, "https", "#{host}", "443", "/#{path}", "#{query}")),
                    ],
                },
            ],
        });
        using var client = Client();
        var many = $"X-Forwarded-For: {string.Join(',', Enumerable.Repeat("192.0.2.1", 31))}";

        Assert.Equal((2, 200, "i-1"), await AskAsync(client, web, "/api/x?a=b"));
        using var moved = await client.SendAsync(
            Request(web, "/moved/x?a=b", HttpVersion.Version20), TestContext.Current.CancellationToken);
        Assert.Equal((302, $"https://{web.Address}/moved/x?a=b"), ((int)moved.StatusCode, Location(moved)));
        Assert.Equal((2, 463, ""), await AskAsync(client, web, "/", many));
        Assert.Equal(200, (await AskAsync(client, Post(web, "/api/y", "12345"))).Status);

        var entries = (await Log(running).ReadAsync(4)).OrderBy(entry => entry.LoggedAt).ToList();
        Assert.Equal([200, 302, 463, 200], entries.Select(entry => entry.Status));
        Assert.All(entries, entry => Assert.Equal(("2.0", true), (entry.Request!.Version, entry.Request.IsSecure)));
        var decision = entries[0].Decision!;
        Assert.Equal((10, "forward", "http-8081"), (decision.Rule ?? -1, decision.Action, decision.Pool));
        Assert.EndsWith("/api/x?a=b", entries[0].Request!.Target, StringComparison.Ordinal);
        Assert.Equal("TLSv1.3", entries[0].TlsVersion);
        Assert.Equal(("POST", 5L), (entries[3].Request!.Method, entries[3].ReceivedBytes));
        Assert.Equal(3L, entries[0].SentBytes);
    }

    [Fact]
    public async Task A_client_stays_by_its_cookies()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Secure(running, "web", first.Planned(), second.Planned())
            .Sticky(new(Plans.StickinessKey, "AWSALB", "AWSALBCORS", 3600, null) { IsRenewed = true });
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1", "i-2");
        using var client = Client();
        using var given = await client.SendAsync(Request(web, "/", HttpVersion.Version20), TestContext.Current.CancellationToken);
        var instance = await given.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var cookie = given.Headers.GetValues("Set-Cookie").Single(each => each.StartsWith("AWSALB=", StringComparison.Ordinal));

        for (var request = 0; request < 10; request++)
        {
            Assert.Equal((2, 200, instance), await AskAsync(client, web, "/", $"Cookie: a=b; {cookie.Split(';')[0]}"));
        }
    }

    [Fact]
    public async Task A_connection_that_is_used_after_its_time_is_told_to_end_and_loses_nothing()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.PollInterval), "00:00:00.2"));
        var web = await ServeAsync(running, Secure(running, "web", instance.Planned())
            .With(http => http with { ClientKeepAlive = TimeSpan.FromSeconds(2) }));
        running.Reconcile();
        await using var client = await RawHttp2.OpenAsync(web);
        var asked = 0;

        await Eventually.IsTrueAsync(
            async () =>
            {
                await client.SendAsync(RawHttp2.Get(asked++, "/"));
                await Eventually.IsTrueAsync(() => client.Served == asked, $"the answer to request {asked}");
                return client.Frames(RawHttp2.GoAway) > 0;
            },
            "the client is told that its connection ends");

        Assert.Equal((asked, 0), (client.Served, client.Refused));
        await client.DisposeAsync();
        await running.IsAloneAsync();
    }

    [Fact]
    public async Task No_request_is_lost_while_processes_hand_over()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Secure(running, "web", instance.Planned());
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");
        var (failures, answered, isOver) = (new ConcurrentQueue<string>(), 0, false);
        var clients = Enumerable.Range(0, 3).Select(_ => Task.Run(AskAsync)).ToList();
        using var waiting = Client();
        var slow = waiting.SendAsync(
            Request(web, "/slow", HttpVersion.Version20), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var begun = await slow;

        for (var port = 8090; port < 8095; port++)
        {
            var before = Volatile.Read(ref answered);
            await running.ApplyAsync(web with { Listeners = [web.Listeners[0], ApplicationPlans.Listener(port)] });
            await Eventually.IsTrueAsync(() => Volatile.Read(ref answered) > before + 20, "requests answered after the hand-over");
        }

        Volatile.Write(ref isOver, true);
        await Task.WhenAll(clients);
        Assert.Empty(failures);
        instance.Release();
        Assert.Equal("begun ended", await begun.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        async Task AskAsync()
        {
            using var client = Client();
            for (var number = 0; !Volatile.Read(ref isOver); number++)
            {
                try
                {
                    var answer = await Http2Plans.AskAsync(
                        client, number % 2 == 0 ? Request(web, "/", HttpVersion.Version20) : Post(web, "/", "body"));
                    if (answer != (2, 200, "i-1"))
                    {
                        failures.Enqueue($"{answer}");
                    }
                }
                catch (HttpRequestException exception)
                {
                    failures.Enqueue(exception.ToString());
                }

                Interlocked.Increment(ref answered);
            }
        }
    }

    [Fact]
    public async Task A_stop_lets_a_request_end_and_does_not_wait_for_a_connection_without_one()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.StopTimeout), "00:05:00"));
        var web = Secure(running, "web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var idle = Client();
        Assert.Equal((2, 200, "i-1"), await AskAsync(idle, web, "/"));
        using var busy = Client();
        using var slow = await busy.SendAsync(
            Request(web, "/slow", HttpVersion.Version20), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        var stopping = running.StopAsync();
        await Eventually.IsTrueAsync(() => BindTest.WhyNot(web.Address, Plans.Port) is null, "nobody listens");
        instance.Release();

        Assert.Equal("begun ended", await slow.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await stopping.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        Assert.Empty(ProcessList.Under(running.Directory));
    }

    private static string Location(HttpResponseMessage answer) => answer.Headers.Location!.ToString();

    private static HttpRequestMessage Post(PlannedLoadBalancer web, string path, string body)
    {
        var request = Request(web, path, HttpVersion.Version20, HttpMethod.Post);
        request.Content = new StringContent(body);
        return request;
    }

    private static PlannedRule Rule(int priority, string path, PlannedAction action) =>
        new(priority, [new PlannedCondition.Path([new(path)])], action);
}
