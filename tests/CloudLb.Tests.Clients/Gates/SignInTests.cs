using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudLb.Tests.Clients.Harness;
using Microsoft.AspNetCore.WebUtilities;

namespace CloudLb.Tests.Clients.Gates;

/// <summary>Clients that a real provider stands for, from the first request to the target, and all that can go wrong on the way.</summary>
public sealed class SignInTests(SignInServer fixture) : IClassFixture<SignInServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SecureWeb Web => fixture.Web;

    [Fact]
    public async Task A_client_is_sent_to_the_provider_and_comes_back_to_what_it_asked_for_as_somebody()
    {
        await AskAsync(("SessionCookieName", "Mine"), ("Scope", "openid email"),
            ("AuthenticationRequestExtraParams.entry.1.key", "prompt"), ("AuthenticationRequestExtraParams.entry.1.value", "a b&c"));
        using var browser = new Browser();
        var asked = new Uri(Web.Url, "identity?a=%2Fb&c=d%20e");

        var sent = await browser.GetAsync(asked, ("X-Amzn-Oidc-Identity", "root"));
        Assert.Equal((302, $"{fixture.Provider.Url}/authorize"), (sent.Status, sent.Location!.GetLeftPart(UriPartial.Path)));
        var query = QueryHelpers.ParseQuery(sent.Location.Query);
        Assert.Equal(
            ("openid email", "a b&c", $"{Web.Url}oauth2/idpresponse"),
            (query["scope"].ToString(), query["prompt"].ToString(), query["redirect_uri"].ToString()));
        var callback = (await browser.GetAsync(sent.Location)).Location!;
        var back = await browser.GetAsync(callback);
        Assert.Equal((302, asked), (back.Status, back.Location));
        var seen = (await browser.GetAsync(asked, ("X_Amzn-Oidc-Data", "forged"), ("X-Amzn-Oidc-Identity", "root"))).Body.Split('|');

        Assert.Equal(4, seen.Length);
        Assert.StartsWith("X-Amzn-Oidc-Accesstoken: ", seen[0], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("X-Amzn-Oidc-Identity: somebody", seen[2], ignoreCase: true);
        Assert.Equal("Cookie: ", seen[3]);
        await CheckAsync(seen[1]["X-Amzn-Oidc-Data: ".Length..]);

        // What was used is of no use any more, nor is it to anybody else, and what was changed never was.
        using var other = new Browser();
        foreach (var (client, url) in new[]
        {
            (browser, callback), (other, callback), (other, new Uri(Web.Url, "oauth2/idpresponse")),
            (other, new Uri(Web.Url, "oauth2/idpresponse?code=x&state=x.y.z.w")),
            (other, new Uri(callback.AbsoluteUri.Replace("state=", "state=A", StringComparison.Ordinal))),
        })
        {
            Assert.Equal(401, (await client.GetAsync(url)).Status);
        }

        var tampered = new Browser();
        foreach (Cookie cookie in browser.Cookies.GetCookies(Web.Url))
        {
            tampered.Cookies.Add(new Cookie(cookie.Name, cookie.Value[..^8] + "AAAAAAA=", "/", cookie.Domain));
        }

        Assert.Equal(302, (await tampered.GetAsync(asked)).Status);
        var explained = await fixture.Server.CommandAsync(Token, "explain", "oidc", "--request", "GET https://oidc.example.com/");
        Assert.Contains(
            $"First it must show a session of '{fixture.Provider.Url}', in cookies 'Mine-0' to '-3'; without one the client is sent to " +
            $"{fixture.Provider.Url}/authorize.", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_provider_says_wrongly_signs_nobody_in()
    {
        await AskAsync();
        foreach (var (wrong, status) in new[]
        {
            ("access_denied", 401), ("server_error", 561), ("issuer", 561), ("audience", 561), ("audiences", 561), ("expired", 561),
            ("nonce", 561), ("unsigned", 561), ("no ID token", 401), ("token error", 561), ("token garbage", 561), ("token moved", 561),
            ("token without an end", 561), ("user info error", 561), ("user info garbage", 561), ("user info without an end", 401),
            ("subject", 561), ("twice the same", 561), ("much", 401), ("token slow", 500),
        })
        {
            fixture.Provider.SignIn.Wrong = wrong;
            using var browser = new Browser();
            var callback = await browser.ComeBackAsync(Web.Url);
            Assert.Equal((wrong, status), (wrong, (await browser.GetAsync(callback)).Status));
            Assert.Equal((wrong, 302), (wrong, (await browser.GetAsync(Web.Url)).Status));
        }

        fixture.Provider.SignIn.Wrong = "";
        fixture.Provider.SignIn.Subject = "some\r\nX-Amzn-Oidc-Identity: root";
        using var injecting = new Browser();
        Assert.Equal(401, (await injecting.GetAsync(await injecting.ComeBackAsync(Web.Url))).Status);
        fixture.Provider.SignIn.Subject = "somebody";
    }

    [Fact]
    public async Task Nobody_is_led_elsewhere_by_a_host_or_a_path_of_anothers_choice()
    {
        await AskAsync();
        using var attacker = new Browser();
        var sent = await attacker.GetAsync(Web.Url, ("Host", "evil.example.com"));
        Assert.Equal(
            "https://evil.example.com/oauth2/idpresponse",
            QueryHelpers.ParseQuery(sent.Location!.Query)["redirect_uri"].ToString());
        var back = (await attacker.GetAsync(sent.Location)).Location!;
        Assert.Equal(401, (await attacker.GetAsync(new UriBuilder(back) { Host = Web.Url.Host, Port = 443 }.Uri)).Status);

        foreach (var path in new[] { "//evil.example.com/", "/\\evil.example.com", "/@evil.example.com", $"/{new string('a', 3000)}" })
        {
            using var browser = new Browser();
            var url = new Uri(
                Web.Url.AbsoluteUri.TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            var led = (await browser.GetAsync(await browser.ComeBackAsync(url))).Location!;
            Assert.Equal(("https", Web.Url.Host), (led.Scheme, led.Host));
        }
    }

    [Fact]
    public async Task A_provider_is_asked_nothing_where_no_target_may_be_and_one_that_is_away_signs_nobody_in()
    {
        foreach (var url in new[] { fixture.Forbidden.Url, $"https://127.0.0.1:{fixture.Server.Url.Port}", $"https://{Web.Url.Host}:1" })
        {
            await Web.AskFirstAsync(fixture.Action(("TokenEndpoint", $"{url}/token")));
            await Web.AnswersAsync(302, "/");
            using var browser = new Browser();
            Assert.Equal(500, (await browser.GetAsync(await browser.ComeBackAsync(Web.Url))).Status);
        }

        Assert.Equal(0, fixture.Forbidden.SignIn.TokenRequests);
    }

    [Fact]
    public async Task A_session_ends_in_time_and_without_one_requests_are_refused_or_go_on_where_that_is_asked()
    {
        await AskAsync(("SessionTimeout", "2"));
        using var browser = new Browser();
        Assert.True(await SignInAsync(browser));
        await Wait.ForAsync(() => browser.GetAsync(Web.Url), seen => seen.Status == 302, Token);

        await Web.AskFirstAsync(fixture.Action(("OnUnauthenticatedRequest", "deny")));
        await Web.AnswersAsync(401, "/");
        await Web.AskFirstAsync(fixture.Action(("OnUnauthenticatedRequest", "allow"), ("SessionCookieName", "Another")));
        await Web.AnswersAsync(200, "/");
        using var forging = new Browser();
        var seen = await forging.GetAsync(new(Web.Url, "identity"), ("X-Amzn-Oidc-Identity", "root"), ("Cookie", "Another-0=x"));
        Assert.DoesNotContain("root", seen.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_outlives_CloudLb_and_is_no_other_load_balancers()
    {
        await AskAsync();
        using var browser = new Browser();
        var callback = await browser.ComeBackAsync(Web.Url);
        await fixture.Server.KillAsync(Token);
        await fixture.Server.StartAgainAsync(Token);

        // Who was on the way when CloudLb died arrives all the same.
        var arrived = await Wait.ForAsync(() => browser.GetAsync(callback), seen => seen.Status != 503, Token);
        Assert.Equal((302, Web.Url), (arrived.Status, arrived.Location));
        Assert.Equal(200, (await browser.GetAsync(Web.Url)).Status);
        await fixture.Server.KillAsync(Token);
        await fixture.Server.StartAgainAsync(Token);
        await Wait.ForAsync(() => browser.GetAsync(Web.Url), seen => seen.Status == 200, Token);

        var second = await SecureWeb.CreateAsync(fixture.Server, "second", fixture.Target);
        await second.AskFirstAsync(fixture.Action());
        await second.AnswersAsync(302, "/");
        using var thief = new Browser();
        foreach (Cookie cookie in browser.Cookies.GetCookies(Web.Url))
        {
            thief.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", second.Url.Host));
        }

        Assert.Equal(302, (await thief.GetAsync(second.Url)).Status);

        // Nor does the second one take whom the first has sent away, though both have the same provider.
        using var lost = new Browser();
        var back = await lost.ComeBackAsync(Web.Url);
        foreach (Cookie cookie in lost.Cookies.GetCookies(Web.Url))
        {
            lost.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", second.Url.Host));
        }

        var elsewhere = new UriBuilder(back) { Host = second.Url.Host, Port = 443 }.Uri;
        Assert.Equal(401, (await lost.GetAsync(elsewhere, ("Host", Web.Url.Host))).Status);
    }

    /// <summary>Has the listener ask, and waits until a session of this kind counts.</summary>
    private async Task AskAsync(params (string Name, string Value)[] changes)
    {
        await Web.AskFirstAsync(fixture.Action(changes));
        await Wait.ForAsync(
            async () =>
            {
                using var browser = new Browser();
                return await SignInAsync(browser) ? (await browser.GetAsync(Web.Url)).Status : 0;
            },
            status => status == 200, Token);
    }

    /// <summary>Whether it was signed in, and led back.</summary>
    private async Task<bool> SignInAsync(Browser browser)
    {
        var sent = await browser.GetAsync(Web.Url);
        return sent is { Status: 302, Location: { } provider }
            && (await browser.GetAsync(provider)).Location is { } callback
            && await browser.GetAsync(callback) is { Status: 302, Location: { } location } && location == Web.Url;
    }

    /// <summary>As a target does that trusts nobody else: with the key at the address of its id, and the signer that it expects.</summary>
    private async Task CheckAsync(string data)
    {
        var parts = data.Split('.');
        var head = JsonDocument.Parse(Bytes(parts[0])).RootElement;
        var claims = JsonDocument.Parse(Bytes(parts[1])).RootElement;
        Assert.Equal("ES256", head.GetProperty("alg").GetString());
        Assert.Equal(Web.Listener[..Web.Listener.LastIndexOf('/')].Replace(":listener/", ":loadbalancer/", StringComparison.Ordinal),
            head.GetProperty("signer").GetString());
        Assert.Equal(("somebody", "é@example.com"), (claims.GetProperty("sub").GetString(), claims.GetProperty("email").GetString()));
        using var http = new HttpClient();
        var url = new Uri(fixture.Server.Url, $"_cloudlb/public-keys/{head.GetProperty("kid").GetString()}");
        using var key = ECDsa.Create();
        key.ImportFromPem(await http.GetStringAsync(url, Token));
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256));
        using var none = await http.GetAsync(new Uri(fixture.Server.Url, "_cloudlb/public-keys/none"), Token);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static byte[] Bytes(string part) => Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/'));
}
