using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Clients that stay with one of the pools of an action, as application load balancers' group stickiness has it.</summary>
public sealed class PoolStickinessTests
{
    private const string Attributes = "; Expires=[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT; Path=/";

    private static readonly PlannedPoolStickiness Sticky = new(Plans.StickinessKey, "AWSALBTG", "AWSALBTGCORS", 3600);

    [Fact]
    public async Task A_client_stays_with_its_pool_whatever_its_weight_becomes_over_hand_overs_and_on_a_kept_connection()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = WithPools(first, second);
        await ApplyAsync(running, web, Listener(Both(1, 0)));
        var kept = await KeptConnection.OpenAsync(web);
        using var client = new StickyClient();
        Assert.Equal("i-1", await client.GetAsync(web.Url()));
        var cookie = CookieOf(client, web);

        await running.ApplyAsync(web with { Listeners = [Listener(Both(0, 1))] });
        Assert.Equal("i-1", await client.InstancesAsync(web.Url()));
        await Eventually.IsTrueAsync(async () => await StrangersAsync(web) == "i-2", "strangers are given the other pool");
        const string Asked = "GET / HTTP/1.1\r\nHost: web\r\nCookie: ";
        Assert.Equal((200, "i-1"), await kept.AskAsync($"{Asked}{cookie}\r\n\r\n"));
        kept.Dispose();

        // A pool that the action has no more is as none.
        await ApplyAsync(running, web, Listener(new PlannedAction.Forward([new("two", 1)], Sticky)));
        Assert.Equal("i-2", await client.InstancesAsync(web.Url()));
        await ApplyAsync(running, web, Listener(Both(1, 0)));
        Assert.Equal("i-2", await client.InstancesAsync(web.Url()));
    }

    [Fact]
    public async Task Each_answer_sets_both_cookies_and_one_that_was_made_up_or_changed_is_as_none()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = WithPools(first, second);
        await ApplyAsync(running, web, Listener(Both(0, 1)));
        var answer = await RawClient.GetAsync(web);
        Assert.Matches($"(?i)\r\nset-cookie: AWSALBTG=[A-Za-z0-9+/=]{{40,}}{Attributes}\r\n", answer);
        Assert.Matches($"(?i)\r\nset-cookie: AWSALBTGCORS=[A-Za-z0-9+/=]{{40,}}{Attributes}; SameSite=None; Secure\r\n", answer);
        var value = answer.Split("AWSALBTG=")[1].Split(';')[0];

        await ApplyAsync(running, web, Listener(Both(1, 0)));
        Assert.Contains("\ni-2", await AskAsync(web, $"AWSALBTG={value}"));
        Assert.Contains("\ni-2", await AskAsync(web, $"AWSALBTGCORS={value}; a=1"));
        var text = Convert.FromBase64String(value);
        text[^1] ^= 1;
        foreach (var other in (string[])[Convert.ToBase64String(text), value[4..], value + value, "x", "_remove_", "one", "two"])
        {
            Assert.Contains("\ni-1", await AskAsync(web, $"AWSALBTG={other}"));
        }
    }

    [Fact]
    public async Task Only_requests_of_such_an_action_are_given_a_cookie_and_rules_do_not_take_clients_from_each_other()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = WithPools(first, second);
        var listener = Listener(Both(1, 0)) with
        {
            Rules =
            [
                Rule(1, "/plain", PlannedAction.Forward.To("one")),
                Rule(2, "/other", new PlannedAction.Forward([new("three", 0), new("four", 1)], Sticky)),
                Rule(3, "/switched", new PlannedAction.Forward([new("three", 1), new("four", 0)], Sticky)),
            ],
        };
        await ApplyAsync(running, web, listener);
        Assert.DoesNotContain("AWSALBTG", await RawClient.AskAsync(web, "GET /plain HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n"));
        using var client = new StickyClient();

        Assert.Equal(
            ("i-1", "i-2", "i-1", "i-2"),
            (await client.GetAsync(web.Url()), await client.GetAsync(web.Url("/other")), await client.GetAsync(web.Url()),
                await client.GetAsync(web.Url("/switched"))));
    }

    [Fact]
    public async Task It_lasts_for_its_period_from_the_last_answer_and_goes_with_stickiness_of_members_and_with_failing_open()
    {
        await using var first = await TestInstance.StartAsync("i-1", checkStatus: 500);
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = WithPools(first, second);
        var members = new PlannedStickiness(Plans.StickinessKey, "AWSALB", "AWSALBCORS", 3600, null) { IsRenewed = true };
        web = web with { Pools = web.Pools.Select(pool => pool with { Stickiness = members, FailsOpenBelow = 1 }).ToEquatableArray() };
        await running.ApplyAsync(web with { Listeners = [Listener(new PlannedAction.Forward([new("one", 1), new("two", 0)], Sticky))] });
        Assert.Empty(running.DataPlane.Faults);
        using var client = new StickyClient();
        Assert.Equal("i-1", await client.GetAsync(web.Url()));
        Assert.Equal(2, client.Cookies.GetCookies(web.Url()).Count(cookie => !cookie.Secure));

        var brief = Sticky with { PeriodSeconds = 1 };
        await running.ApplyAsync(web with { Listeners = [Listener(new PlannedAction.Forward([new("one", 0), new("two", 1)], Sticky))] });
        await running.IsAloneAsync();
        Assert.Equal("i-1", await client.InstancesAsync(web.Url()));
        var cookie = CookieOf(client, web);
        await running.ApplyAsync(web with { Listeners = [Listener(new PlannedAction.Forward([new("one", 0), new("two", 1)], brief))] });
        await Eventually.IsTrueAsync(
            async () => (await AskAsync(web, cookie)).Contains("\ni-2", StringComparison.Ordinal), "the cookie has expired");
    }

    [Fact]
    public async Task Cookies_of_others_and_whatever_else_a_client_makes_up_are_as_none_and_are_answered()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var members = new PlannedStickiness(Plans.StickinessKey, "AWSALB", "AWSALBCORS", 3600, null) { IsRenewed = true };
        var web = WithPools(first, second);
        web = web with { Pools = web.Pools.Select(pool => pool with { Stickiness = members }).ToEquatableArray() };
        var foreign = Sticky with { Key = new string('f', Sticky.Key.Length) };
        await ApplyAsync(running, web, Listener(new PlannedAction.Forward([new("one", 0), new("two", 1)], foreign)));
        var ofOther = ValueIn(await RawClient.GetAsync(web), "AWSALBTG");
        await ApplyAsync(running, web, Listener(Both(0, 1)));
        var answer = await RawClient.GetAsync(web);
        var (genuine, ofMember) = (ValueIn(answer, "AWSALBTG"), ValueIn(answer, "AWSALB"));
        await ApplyAsync(running, web, Listener(Both(1, 0)));
        var text = Convert.FromBase64String(genuine);

        foreach (var value in (string[])
        [
            "", "=", "\"\"", $"\"{genuine}\"", ofOther, ofMember, genuine.ToLowerInvariant(), genuine[..^4],
            Convert.ToBase64String(text[..32]),
            Convert.ToBase64String(text[32..]), Convert.ToBase64String([.. text, .. text[32..]]), Convert.ToBase64String(new byte[500]),
            Convert.ToBase64String([.. text[..32], .. "\r\nSet-Cookie: a=b\0"u8]), new string('A', 20_000), "%00%0d%0a", "\x7f", "{|}#,",
        ])
        {
            Assert.Contains("\ni-1", await AskAsync(web, $"AWSALBTG={value}"));
            Assert.Contains("\ni-1", await AskAsync(web, $"AWSALBTGCORS={value}"));
            Assert.Contains("\ni-1", await AskAsync(web, $"AWSALBTG={value}; AWSALBTGCORS={genuine}"));
        }

        // The last one of a name counts.
        Assert.Contains("\ni-2", await AskAsync(web, $"a=1; AWSALBTG=x; AWSALBTG={genuine}; AWSALBTGCORS=x"));
        Assert.Contains("\ni-1", await AskAsync(web, $"AWSALBTG={genuine}; AWSALBTG=x"));
        Assert.Contains("\ni-1", await AskAsync(web, string.Concat(Enumerable.Repeat("AWSALBTG=x; ", 2_000)) + "b=1"));
        Assert.Contains("\ni-1", await AskAsync(web, $"awsalbtg={genuine}; XAWSALBTG={genuine}; AWSALBTGX={genuine}"));

        // Only the one for other sites came: both are given anew.
        var renewed = await AskAsync(web, $"AWSALBTGCORS={genuine}");
        Assert.Equal(ValueIn(renewed, "AWSALBTG"), ValueIn(renewed, "AWSALBTGCORS"));
    }

    private static PlannedAction.Forward Both(int one, int two) => new([new("one", one), new("two", two)], Sticky);

    private static PlannedRule Rule(int priority, string path, PlannedAction action) =>
        new(priority, [new PlannedCondition.Path([new(path)])], action);

    private static PlannedListener Listener(PlannedAction action)
    {
        var listener = Plans.Listener(Plans.Port);
        return listener with { Http = listener.Http! with { IsTraced = true }, DefaultAction = action };
    }

    private static PlannedLoadBalancer WithPools(TestInstance first, TestInstance second)
    {
        var web = Plans.LoadBalancer("web");
        var pools = new[] { ("four", second), ("one", first), ("three", first), ("two", second) };
        return web with
        {
            Id = web.Id with { Kind = "alb" },
            Answers = new("alb", [new(503, "Service Temporarily Unavailable", "text/html", "none")], "awselb/2.0", BreaksAre502: true),
            HealthPool = null,
            Pools = pools
                .Select(pool => web.Pools[0] with { Name = pool.Item1, Probe = Plans.FastProbe, Members = [pool.Item2.Planned()] })
                .ToEquatableArray(),
        };
    }

    private static async Task ApplyAsync(RunningDataPlane running, PlannedLoadBalancer web, PlannedListener listener)
    {
        await running.ApplyAsync(web with { Listeners = [listener] });
        Assert.Empty(running.DataPlane.Faults);
        await Eventually.IsTrueAsync(
            async () => (await running.AskAsync("show stat -1 4 -1")).Split('\n').Count(line => line.Contains(",UP,")) == 4, "all serve");
        await running.IsAloneAsync();
    }

    private static async Task<string> StrangersAsync(PlannedLoadBalancer web)
    {
        using var stranger = new StickyClient();
        return await stranger.GetAsync(web.Url());
    }

    private static string ValueIn(string answer, string cookie) => answer.Split($"{cookie}=")[1].Split(';')[0];

    private static string CookieOf(StickyClient client, PlannedLoadBalancer web) =>
        $"AWSALBTG={client.Cookies.GetCookies(web.Url())["AWSALBTG"]!.Value}";

    private static Task<string> AskAsync(PlannedLoadBalancer web, string cookie) =>
        RawClient.AskAsync(web, $"GET / HTTP/1.1\r\nHost: web\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");
}
