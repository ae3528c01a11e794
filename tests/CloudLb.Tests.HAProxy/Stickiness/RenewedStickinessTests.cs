using System.Text;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Stickiness by a cookie that each answer sets anew, as application load balancers have it.</summary>
public sealed class RenewedStickinessTests
{
    private const string Attributes = "; Expires=[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT; Path=/";

    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>The path of a first request that makes a client stick, and the application's cookie.</summary>
    public static TheoryData<string, string?> Kinds => new() { { "/", null }, { "/login", "JSESSIONID" } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_client_stays_while_others_come_and_go_over_a_hand_over_and_when_the_process_is_killed(string path, string? cookie)
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var third = await TestInstance.StartAsync("i-3");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned()).Sticky(Renewed(cookie));
        await running.ApplyAsync(web);

        // The second one joins at run time, and so does the third.
        await running.ApplyAsync(web.With(first.Planned(), second.Planned()));
        await running.IsPassingAsync(web, "i-1", "i-2");
        using var client = await SticksAsync(web, path, "i-2");
        await running.ApplyAsync(web.With(first.Planned(), second.Planned(), third.Planned()));
        await running.IsPassingAsync(web, "i-3");
        Assert.Equal("i-2", await client.InstancesAsync(web.Url()));
        await running.ApplyAsync(web.With(second.Planned(), third.Planned()));
        Assert.Equal((1, "i-2"), (running.Generation, await client.InstancesAsync(web.Url())));

        await running.ApplyAsync(web.With(second.Planned(), third.Planned()), Plans.LoadBalancer("another"));
        Assert.Equal((2, "i-2"), (running.Generation, await client.InstancesAsync(web.Url())));

        TestRequests.Kill(running.ProcessId);
        await Eventually.IsTrueAsync(() => running.ProcessId == 0, "the process is gone");
        await running.ReapplyAsync();
        Assert.Equal("i-2", await client.InstancesAsync(web.Url()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_client_of_an_instance_that_fails_or_drains_is_moved_and_stays_where_it_was_moved_to(string path, string? cookie)
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Checked(Plans.FastProbe).Sticky(Renewed(cookie));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        using var client = await SticksAsync(web, path, "i-1");

        first.CheckStatus = 500;
        await Eventually.IsTrueAsync(() => running.Health(web, "i-1") == ObservedHealth.Failed, "the instance has failed");
        Assert.Equal("i-2", await client.InstancesAsync(web.Url()));
        first.CheckStatus = 200;
        await running.IsPassingAsync(web, "i-1");
        Assert.Equal("i-2", await client.InstancesAsync(web.Url()));

        await running.ApplyAsync(web.With(first.Planned(), second.Planned(DateTimeOffset.UtcNow.AddMinutes(1))));
        Assert.Equal("i-1", await client.InstancesAsync(web.Url()));
    }

    [Fact]
    public async Task Each_answer_of_an_instance_sets_the_cookie_and_its_twin_and_the_instance_sees_what_the_client_sent()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).Sticky(Renewed(null));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var value = "";
        for (var request = 0; request < 3; request++)
        {
            var sent = value.Length > 0 ? $"a=1; AWSALB={value}; b=2" : "a=1";
            using var answer = await SendAsync(web.Url("/headers"), sent);
            var cookies = CookiesOf(answer);
            value = cookies[0].Split('=', 2)[1].Split(';')[0];
            Assert.Equal(2, cookies.Length);
            Assert.Matches($"^AWSALB=[A-Za-z0-9+/=]{{40,}}{Attributes}$", cookies[0]);
            Assert.Matches($"^AWSALBCORS=[A-Za-z0-9+/=]{{40,}}{Attributes}; SameSite=None; Secure$", cookies[1]);
            Assert.Contains($"Cookie: {sent}\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + "\n");
        }

        using var cors = await SendAsync(web.Url(), $"AWSALBCORS={value}");
        Assert.Equal(2, CookiesOf(cors).Length);
        Assert.DoesNotContain($"{instance.Address}", Encoding.Latin1.GetString(Convert.FromBase64String(value)));
    }

    [Fact]
    public async Task A_cookie_that_was_made_up_changed_or_is_another_load_balancers_is_as_none()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Sticky(Renewed(null));
        var other = Plans.LoadBalancer("other", first.Planned()).Sticky(
            Renewed(null) with { Key = new string('a', Plans.StickinessKey.Length) });
        await running.ApplyAsync(web, other);
        await running.IsPassingAsync(web, "i-1", "i-2");
        await running.IsPassingAsync(other, "i-1");
        var (own, foreign) = (await ValueAsync(web.Url(), null), await ValueAsync(other.Url(), null));
        Assert.Single(await InstancesAsync(web.Url(), $"AWSALB={own}"));
        Assert.Single(await InstancesAsync(web.Url(), $"AWSALBCORS={own}; a=1"));

        var text = Convert.FromBase64String(own);
        text[^1] ^= 1;
        var inner = Encoding.ASCII.GetString(text)[40..56];
        foreach (var cookie in (string[])
        [
            foreign, Convert.ToBase64String(text), own[4..], own + own, "", "x", "%", "_remove_", new string('A', 3000), inner,
        ])
        {
            Assert.Equal(["i-1", "i-2"], await InstancesAsync(web.Url(), $"AWSALB={cookie}"));
        }
    }

    [Fact]
    public async Task A_cookie_counts_for_its_period_from_the_last_answer()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Sticky(Renewed(null) with { PeriodSeconds = 1 });
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");

        var cookie = $"AWSALB={await ValueAsync(web.Url(), null)}";

        await Eventually.IsTrueAsync(async () => (await InstancesAsync(web.Url(), cookie)).Count == 2, "the cookie has expired");
    }

    [Fact]
    public async Task A_client_of_two_pools_stays_with_a_member_of_each()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var third = await TestInstance.StartAsync("i-3");
        await using var fourth = await TestInstance.StartAsync("i-4");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Sticky(Renewed(null));
        web = web with
        {
            Listeners =
            [
                web.Listeners[0] with
                {
                    Rules = [new(1, [new PlannedCondition.Path([new("/other*")])], PlannedAction.Forward.To("other"))],
                },
            ],
            Pools = [web.Pools[0], web.Pools[0] with { Name = "other", Members = [third.Planned(), fourth.Planned()] }],
            HealthPool = null,
        };
        await running.ApplyAsync(web);
        await Eventually.IsTrueAsync(
            async () => await InstancesAsync(web.Url(), "") is { Count: 2 } && await InstancesAsync(web.Url("/other"), "") is { Count: 2 },
            "all take traffic");
        using var client = new StickyClient();
        var (one, other) = (await client.GetAsync(web.Url()), await client.GetAsync(web.Url("/other")));

        for (var request = 0; request < 6; request++)
        {
            Assert.Equal((one, other), (await client.GetAsync(web.Url()), await client.GetAsync(web.Url("/other"))));
        }
    }

    [Fact]
    public async Task The_applications_cookie_begins_the_stickiness_and_must_come_with_it()
    {
        const string Name = "a.b$'^|~*+%";
        var login = $"/login?cookie={Uri.EscapeDataString(Name)}";
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Sticky(Renewed(Name));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");

        using var plain = await SendAsync(web.Url(), null);
        Assert.Equal(4, CookiesOf(plain).Length);
        Assert.All(CookiesOf(plain), (cookie, part) => Assert.Matches($"^AWSALBAPP-{part}=_remove_{Attributes}$", cookie));

        using var set = await SendAsync(web.Url(login), null);
        var cookies = CookiesOf(set);
        Assert.Equal(7, cookies.Length);
        var own = Assert.Single(cookies, cookie => cookie.StartsWith("AWSALBAPP-0=", StringComparison.Ordinal));
        Assert.Matches($"^AWSALBAPP-0=[A-Za-z0-9+/=]{{40,}}{Attributes}$", own);
        var value = own.Split(';')[0];
        Assert.Single(await InstancesAsync(web.Url(), $"{value}; {Name}=abc"));
        Assert.Equal(["i-1", "i-2"], await InstancesAsync(web.Url(), value));
        Assert.Equal(["i-1", "i-2"], await InstancesAsync(web.Url(), $"{value}; axb$'^|~*+%=abc"));
        using var again = await SendAsync(web.Url(), $"{value}; {Name}=abc");
        Assert.DoesNotContain("AWSALBAPP-0=_remove_", string.Join('\n', CookiesOf(again)));
    }

    private static PlannedStickiness Renewed(string? applicationCookie) => applicationCookie is null
        ? new(Plans.StickinessKey, "AWSALB", "AWSALBCORS", 3600, null) { IsRenewed = true }
        : new(Plans.StickinessKey, "AWSALBAPP-0", null, 3600, applicationCookie)
        {
            IsRenewed = true,
            EmptyCookies = ["AWSALBAPP-1", "AWSALBAPP-2", "AWSALBAPP-3"],
        };

    /// <summary>A client that stays with that instance.</summary>
    private static async Task<StickyClient> SticksAsync(PlannedLoadBalancer web, string path, string instance)
    {
        StickyClient? client = null;
        await Eventually.IsTrueAsync(
            async () =>
            {
                client?.Dispose();
                client = new();
                return await client.GetAsync(web.Url(path)) == instance;
            },
            $"a client was given {instance}");
        Assert.Equal(instance, await client!.InstancesAsync(web.Url()));
        return client;
    }

    private static async Task<string> ValueAsync(Uri url, string? cookie)
    {
        using var answer = await SendAsync(url, cookie);
        return CookiesOf(answer)[0].Split('=', 2)[1].Split(';')[0];
    }

    private static async Task<SortedSet<string>> InstancesAsync(Uri url, string cookie)
    {
        var ids = new SortedSet<string>();
        for (var request = 0; request < 12; request++)
        {
            using var answer = await SendAsync(url, cookie);
            ids.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        return ids;
    }

    private static string[] CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var values) ? [.. values] : [];

    private static Task<HttpResponseMessage> SendAsync(Uri url, string? cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (cookie is { Length: > 0 })
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
