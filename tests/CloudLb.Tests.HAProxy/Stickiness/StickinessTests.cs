using CloudLb.Core.Traffic.Health;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

public sealed class StickinessTests
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>The policy, and the path of a first request that makes a client stick.</summary>
    public static TheoryData<string, long?, string?> Kinds =>
        new() { { "/", 3600, null }, { "/", null, null }, { "/login", null, "JSESSIONID" } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_client_stays_where_it_was_while_others_come_and_go_and_over_a_hand_over(string path, long? period, string? cookie)
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var third = await TestInstance.StartAsync("i-3");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Sticky(Plans.Stickiness(period, cookie));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        using var client = new StickyClient();
        var instance = await client.GetAsync(web.Url(path));
        Assert.Equal(instance, await client.InstancesAsync(web.Url()));
        var other = instance == "i-1" ? second : first;
        var own = instance == "i-1" ? first : second;

        await running.ApplyAsync(web.With(first.Planned(), second.Planned(), third.Planned()));
        await running.IsPassingAsync(web, "i-3");
        Assert.Equal(instance, await client.InstancesAsync(web.Url()));

        await running.ApplyAsync(web.With(own.Planned(), third.Planned()));
        Assert.Equal(instance, await client.InstancesAsync(web.Url()));
        Assert.Equal(1, running.Generation);

        await running.ApplyAsync(web.With(own.Planned(), third.Planned(), other.Planned()), Plans.LoadBalancer("another"));
        await running.IsPassingAsync(web, other.Id);
        Assert.Equal(2, running.Generation);
        Assert.Equal(instance, await client.InstancesAsync(web.Url()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_client_of_an_instance_that_fails_is_moved_and_stays_where_it_was_moved_to(string path, long? period, string? cookie)
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned())
            .Checked(Plans.FastProbe)
            .Sticky(Plans.Stickiness(period, cookie));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        using var client = new StickyClient();
        var failing = await client.GetAsync(web.Url(path)) == "i-1" ? first : second;
        var other = failing == first ? second : first;

        failing.CheckStatus = 500;
        await Eventually.IsTrueAsync(() => running.Health(web, failing.Id) == ObservedHealth.Failed, "the instance has failed");
        Assert.Equal(other.Id, await client.InstancesAsync(web.Url()));

        failing.CheckStatus = 200;
        await running.IsPassingAsync(web, failing.Id);
        Assert.Equal(other.Id, await client.InstancesAsync(web.Url()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_client_of_an_instance_that_is_deregistered_is_moved(string path, long? period, string? cookie)
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Sticky(Plans.Stickiness(period, cookie));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        using var client = new StickyClient();
        var own = await client.GetAsync(web.Url(path)) == "i-1" ? first : second;
        var other = own == first ? second : first;

        await running.ApplyAsync(web.With(own.Planned(DateTimeOffset.UtcNow.AddMinutes(1)), other.Planned()));
        Assert.Equal(other.Id, await client.InstancesAsync(web.Url()));

        await running.ApplyAsync(web.With(own.Planned(), other.Planned()));
        await running.IsPassingAsync(web, own.Id);
        Assert.Equal(other.Id, await client.InstancesAsync(web.Url()));
    }

    [Fact]
    public async Task A_client_can_stick_to_an_instance_that_joined_at_run_time()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned()).Sticky(Plans.Stickiness(null, null));
        await running.ApplyAsync(web);
        await running.ApplyAsync(web.With(first.Planned(), second.Planned()));
        await running.IsPassingAsync(web, "i-1", "i-2");

        await Eventually.IsTrueAsync(
            async () =>
            {
                using var client = new StickyClient();
                return await client.GetAsync(web.Url()) == "i-2" && await client.InstancesAsync(web.Url()) == "i-2";
            },
            "a client sticks to i-2");
        Assert.Equal(1, running.Generation);
    }

    [Theory]
    [InlineData(3600, "; path=/; Max-Age=3600", "; path=/; Max-Age=3600; Secure; SameSite=None")]
    [InlineData(null, "; path=/", "; path=/; Secure; SameSite=None")]
    public async Task The_load_balancer_cookie_is_set_once_with_its_twin_for_other_sites(
        int? period, string attributes, string crossSiteAttributes)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).Sticky(Plans.Stickiness(period, null));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var cookies = await CookiesAsync(web.Url());
        var value = cookies[0].Split('=', ';')[1];

        Assert.Matches("^[0-9a-f]{16}$", value);
        Assert.Equal([$"AWSELB={value}{attributes}", $"AWSELBCORS={value}{crossSiteAttributes}"], cookies);
        Assert.Empty(await CookiesAsync(web.Url(), $"a=1; AWSELB={value}"));
        Assert.Empty(await CookiesAsync(web.Url(), $"AWSELBCORS={value}; a=1"));
        Assert.Equal(cookies, await CookiesAsync(web.Url(), "AWSELB=forged"));
    }

    [Fact]
    public async Task The_application_cookie_brings_the_load_balancer_cookie_with_its_own_attributes()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Sticky(Plans.Stickiness(null, "JSESSIONID"));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");

        Assert.Empty(await CookiesAsync(web.Url()));
        var cookies = await CookiesAsync(web.Url("/login"));
        Assert.Equal(["theme=dark; Path=/x", "JSESSIONID=abc; Path=/; HttpOnly", "other=1"], cookies[..3]);
        Assert.Matches("^AWSELB=[0-9a-f]{16}; Path=/; HttpOnly$", Assert.Single(cookies[3..]));

        var own = cookies[3].Split(';')[0];
        Assert.Equal("i-1 i-2", await InstancesAsync(web.Url(), own));
        Assert.Equal(3, (await InstancesAsync(web.Url(), $"a=1; {own}; JSESSIONID=abc")).Length);
    }

    [Fact]
    public async Task An_application_cookie_is_followed_by_its_exact_name_whatever_characters_that_has()
    {
        const string Name = "a.b$'^|~*+";
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).Sticky(Plans.Stickiness(null, Name));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.Matches(
            "^AWSELB=[0-9a-f]{16}; Path=/; HttpOnly$", (await CookiesAsync(web.Url($"/login?cookie={Uri.EscapeDataString(Name)}"))).Last());
        foreach (var other in (string[])["axb$'^|~*+", "A.B$'^|~*+", "za.b$'^|~*+", "a.b$'^|~*+z"])
        {
            Assert.Equal(3, (await CookiesAsync(web.Url($"/login?cookie={Uri.EscapeDataString(other)}"))).Length);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_client_of_an_instance_that_has_died_is_answered_before_its_checks_have_failed(
        string path, long? period, string? cookie)
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Sticky(Plans.Stickiness(period, cookie));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        using var client = new StickyClient();
        var dying = await client.GetAsync(web.Url(path)) == "i-1" ? first : second;

        await dying.DisposeAsync();

        Assert.Equal(dying == first ? "i-2" : "i-1", await client.InstancesAsync(web.Url()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_client_stays_where_it_was_when_the_process_is_killed(string path, long? period, string? cookie)
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Sticky(Plans.Stickiness(period, cookie));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        using var client = new StickyClient();
        var instance = await client.GetAsync(web.Url(path));

        NativeMethods.Signal(running.ProcessId, NativeMethods.SignalKill);
        await Eventually.IsTrueAsync(() => running.ProcessId == 0, "the process is gone");
        await running.ReapplyAsync();

        Assert.Equal(instance, await client.InstancesAsync(web.Url()));
    }

    [Fact]
    public async Task A_download_outlives_a_policy_that_moves_its_listener_to_another_pool()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var plain = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(plain);
        await running.IsPassingAsync(plain, "i-1");
        var slow = Client.GetStringAsync(plain.Url("/slow"), TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(() => instance.Requests == 1, "the slow request has arrived");

        await running.ApplyAsync(plain with
        {
            Listeners = [plain.Listeners[0].To("other")],
            Pools = [plain.Pools[0] with { Name = "other", Stickiness = Plans.Stickiness(null, null) }],
            HealthPool = "other",
        });
        Assert.Equal("i-1", await Client.GetStringAsync(plain.Url(), TestContext.Current.CancellationToken));
        await running.ReapplyAsync();
        instance.Release();

        Assert.Equal("begun ended", await slow);
    }

    [Fact]
    public async Task Stickiness_comes_and_goes_without_a_moment_in_which_no_instance_is_in_service()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var plain = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(plain);
        await running.IsPassingAsync(plain, "i-1");
        instance.CheckStatus = 500;

        var sticky = plain.Sticky(Plans.Stickiness(null, null));
        await running.ApplyAsync(sticky);
        Assert.Equal("i-1", await Client.GetStringAsync(plain.Url(), TestContext.Current.CancellationToken));

        await running.ApplyAsync(plain with
        {
            Listeners = [plain.Listeners[0], Plans.Listener(8090).To("http-8081-8090")],
            Pools = [plain.Pools[0], sticky.Pools[0] with { Name = "http-8081-8090" }],
        });
        Assert.Equal("i-1", await Client.GetStringAsync(plain.Url(), TestContext.Current.CancellationToken));
        Assert.Equal("i-1", await Client.GetStringAsync($"http://{plain.Address}:8090/", TestContext.Current.CancellationToken));
    }

    private static async Task<string[]> CookiesAsync(Uri url, string? cookie = null)
    {
        using var response = await SendAsync(url, cookie);
        return response.Headers.TryGetValues("Set-Cookie", out var values) ? [.. values] : [];
    }

    private static async Task<string> InstancesAsync(Uri url, string cookie)
    {
        var ids = new SortedSet<string>();
        for (var i = 0; i < 12; i++)
        {
            using var response = await SendAsync(url, cookie);
            ids.Add(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        return string.Join(' ', ids);
    }

    private static Task<HttpResponseMessage> SendAsync(Uri url, string? cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
