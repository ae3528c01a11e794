using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy.Gates;

/// <summary>Requests that must show a token, and which are let through.</summary>
public sealed class BearerTokenTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private const string Head = """{"alg":"RS256","kid":"first"}""", SecondHead = """{"alg":"RS256","kid":"second"}""";

    private static readonly TestKey First = new("first"), Second = new("second"), Nameless = new(null), Stranger = new("first");

    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Fact]
    public async Task A_token_is_let_through_when_its_issuer_has_signed_it_and_it_is_in_force()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(running, Web(instance, Gate(First, Second, Nameless)));
        var claims = Claims();
        string[] good =
        [
            First.Sign(Head, claims),
            Second.Sign("""{"kid":"second","typ":"JWT","alg":"RS256"}""", claims),
            Nameless.Sign("""{"alg":"RS256"}""", claims),
            First.Sign(Head, Claims($",\"nbf\":{Now - 60},\"iat\":{Now - 60}")),
            First.Sign(Head, $$""" { "a" : [ {"iss":"x"} , [ ] , "\"]}" ] , "exp" : {{Now + 3600}} ,"iss": "https:\/\/issuer.test" } """),
        ];
        string[] bad =
        [
            "", "x", "a.b.c", "..", First.Sign(Head, "") + "." + claims,
            Stranger.Sign(Head, claims),
            Second.Sign(Head, claims),
            First.Sign("""{"alg":"RS256"}""", claims),
            Nameless.Sign("""{"alg":"RS256","kid":"third"}""", claims),
            First.Sign("""{"alg":"none","kid":"first"}""", claims),
            First.Sign("""{"alg":"RS384","kid":"first"}""", claims),
            First.SignSymmetrically("""{"alg":"HS256","kid":"first"}""", claims),
            First.SignSymmetrically(Head, claims),
            $"{TestKey.Part("""{"alg":"none","kid":"first"}""")}.{TestKey.Part(claims)}.",
            First.Sign(Head, claims)[..^8],
            First.Sign("""{"alg":"RS256","kid":"first","crit":["b64"]}""", claims),
            First.Sign(Head, $$"""{"iss":"https://issuer.test"}"""),
            First.Sign(Head, $$"""{"iss":"https://issuer.test","exp":{{Now - 10}}}"""),
            First.Sign(Head, $$"""{"iss":"https://issuer.test","exp":null}"""),
            First.Sign(Head, $$"""{"iss":"https://issuer.test","a":{"exp":{{Now + 3600}} } }"""),
            First.Sign(Head, Claims($",\"nbf\":{Now + 3600}")),
            First.Sign(Head, Claims($",\"iat\":{Now + 3600}")),
            First.Sign(Head, $$"""{"exp":{{Now + 3600}}}"""),
            First.Sign(Head, $$"""{"iss":"https://issuer.tests","exp":{{Now + 3600}}}"""),
            First.Sign(Head, $$"""{"iss":["https://issuer.test"],"exp":{{Now + 3600}}}"""),
            First.Sign(Head, $$"""{"a":{"iss":"https://issuer.test"},"exp":{{Now + 3600}}}"""),
            First.Sign(Head, $$"""{"a":"\"iss\":\"https://issuer.test\"","exp":{{Now + 3600}}}"""),
        ];

        foreach (var token in good)
        {
            Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(web, $"Authorization: Bearer {token}\r\n"));
        }

        foreach (var token in bad)
        {
            var answer = await AskAsync(web, $"Authorization: Bearer {token}\r\n");
            Assert.True(answer.StartsWith("HTTP/1.1 401 ", StringComparison.Ordinal), $"{token}: {answer}");
            Assert.Contains("\r\nserver: awselb/2.0\r\n", answer, StringComparison.OrdinalIgnoreCase);
            Assert.EndsWith("<html>401</html>", answer);
        }

        var letThrough = $"Authorization: Bearer {good[0]}\r\n";
        Assert.StartsWith("HTTP/1.1 401 ", await AskAsync(web, ""));
        Assert.StartsWith("HTTP/1.1 401 ", await AskAsync(web, $"Authorization: Basic {good[0]}\r\n"));
        Assert.StartsWith("HTTP/1.1 401 ", await AskAsync(web, letThrough + "Authorization: Bearer other\r\n"));
        Assert.StartsWith("HTTP/1.1 401 ", await AskAsync(web, letThrough + "Authorization: Basic YTpi\r\n"));
        Assert.Equal(good.Length, instance.Heads.Count);
        Assert.Contains($"Bearer {good[0]}", instance.Heads.First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClaimForm.Text, "a\"b\\/é", "\"a\\\"b\\\\\\/\\u00E9\"", true)]
    [InlineData(ClaimForm.Text, "a'b $x#%[src]", "\"a'b $x#%[src]\"", true)]
    [InlineData(ClaimForm.Text, "admin", "[\"admin\"]", false)]
    [InlineData(ClaimForm.Text, "admin", "\"admins\"", false)]
    [InlineData(ClaimForm.Text, "admin", "\"\\\"admin\"", false)]
    [InlineData(ClaimForm.Text, "a.c", "\"abc\"", false)]
    [InlineData(ClaimForm.Text, "true", "true", false)]
    [InlineData(ClaimForm.Words, "read write", "\"write other read\"", true)]
    [InlineData(ClaimForm.Words, "read write", "\"write other\"", false)]
    [InlineData(ClaimForm.Words, "read", "\"read\"", true)]
    [InlineData(ClaimForm.Words, "read", "\"\\\"read x\"", false)]
    [InlineData(ClaimForm.Words, "read", "\"ready\"", false)]
    [InlineData(ClaimForm.Words, "read", "[\"read\"]", false)]
    [InlineData(ClaimForm.List, "read write", "[ \"write\", 1, [\"x\"], {\"a\":2}, \"read\" ]", true)]
    [InlineData(ClaimForm.List, "read write", "[\"write\"]", false)]
    [InlineData(ClaimForm.List, "read", "[[\"read\"],{\"a\":\"read\"},\"x\\\",\\\"read\\\",\\\"\"]", false)]
    [InlineData(ClaimForm.List, "read", "[\"x,\",\"y\"],\"z\":[\"read\"]", false)]
    [InlineData(ClaimForm.List, "read", "\"read\"", false)]
    public async Task A_claim_must_say_all_values_in_its_form(ClaimForm form, string values, string said, bool isLetThrough)
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        string[] wanted = form == ClaimForm.Text ? [values] : values.Split(' ');
        var claim = new PlannedClaim("https://a.test/x.y", form, wanted.ToEquatableArray());
        var web = await ApplyAsync(running, Web(instance, Gate(First) with { Claims = [claim] }));
        var token = First.Sign(Head, Claims($",\"b\":[1],\"https://a.test/x.y\":{said}"));

        Assert.StartsWith($"HTTP/1.1 {(isLetThrough ? 200 : 401)} ", await AskAsync(web, $"Authorization: Bearer {token}\r\n"));
        Assert.StartsWith("HTTP/1.1 401 ", await AskAsync(web, $"Authorization: Bearer {First.Sign(Head, Claims())}\r\n"));
    }

    [Fact]
    public async Task Each_rule_asks_for_its_own_and_those_without_ask_for_nothing()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Web(instance, Gate(First));
        var (listener, forward) = (web.Listeners[0], web.Listeners[0].DefaultAction);
        web = await ApplyAsync(running, web with
        {
            Listeners =
            [
                listener with
                {
                    Rules =
                    [
                        Rule(1, "/open", forward with { Gate = null }),
                        Rule(2, "/second", forward with { Gate = Gate(Second) with { Issuer = "other" } }),
                        Rule(3, "/fixed", new PlannedAction.FixedResponse(200, "text/plain", "x") { Gate = Gate(First) }),
                        Rule(4, "/closed", forward with { Gate = Gate() }),
                    ],
                },
            ],
        });
        var first = $"Authorization: Bearer {First.Sign(Head, Claims())}\r\n";
        var claims = Claims().Replace("https://issuer.test", "other", StringComparison.Ordinal);
        var second = $"Authorization: Bearer {Second.Sign(SecondHead, claims)}\r\n";

        (string Path, string Headers, int Status)[] requests =
        [
            ("/open", "", 200), ("/open", first, 200),
            ("/second", "", 401), ("/second", first, 401), ("/second", second, 200),
            ("/fixed", "", 401), ("/fixed", second, 401), ("/fixed", first, 200),
            ("/closed", first, 401),
            ("/other", "", 401), ("/other", second, 401), ("/other", first, 200),
        ];
        foreach (var (path, headers, status) in requests)
        {
            Assert.Equal((path, headers, status), (path, headers, await StatusAsync(web, headers, path)));
        }
    }

    [Fact]
    public async Task New_keys_hold_for_the_next_request_also_on_a_kept_connection_and_none_is_lost()
    {
        await using var instance = RawInstance.Start(Ok, readsBodies: true);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(running, Web(instance, Gate(First)));
        var first = $"Authorization: Bearer {First.Sign(Head, Claims())}\r\n";
        var second = $"Authorization: Bearer {Second.Sign(SecondHead, Claims())}\r\n";
        using var kept = await KeptConnection.OpenAsync(web);
        Assert.Equal(200, (await kept.GetAsync("/", first))!.Value.Status);

        await running.ApplyAsync(Web(web, Gate(First, Second)));
        await Eventually.IsTrueAsync(
            async () => (await kept.GetAsync("/", second))!.Value.Status == 200, "the new key holds on the connection");
        await Eventually.IsTrueAsync(async () => await StatusAsync(web, second) == 200, "the new key holds");
        using var other = await KeptConnection.OpenAsync(web);
        const string Chunked = "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        Assert.Equal(200, (await other.AskAsync($"POST / HTTP/1.1\r\nHost: web\r\n{second}{Chunked}"))!.Value.Status);
        Assert.Equal(401, (await other.AskAsync($"POST / HTTP/1.1\r\nHost: web\r\n{Chunked}"))!.Value.Status);

        await running.ApplyAsync(Web(web, Gate(Second)));
        await Eventually.IsTrueAsync(async () => await StatusAsync(web, first) == 401, "the first key is none any more");
        Assert.Equal(200, await StatusAsync(web, second));
        Assert.Empty(running.DataPlane.Faults);
    }

    [Fact]
    public async Task A_log_tells_why_a_token_was_refused()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var gate = Gate(First) with { Claims = [new("scope", ClaimForm.Words, ["a", "b"]), new("r", ClaimForm.List, ["c"])] };
        var web = Web(instance, gate);
        var closed = web.Listeners[0].DefaultAction with { Gate = Gate() };
        web = await LoggedRequests.ServeAsync(
            running, web with { Listeners = [web.Listeners[0] with { Rules = [Rule(4, "/closed", closed)] }] });
        const string More = ",\"scope\":\"b a\",\"r\":[\"c\"]";
        (string Headers, string? Reason)[] asked =
        [
            ("", "JWTHeaderNotPresent"),
            ("Authorization: Basic YTpi\r\n", "JWTRequestFormatInvalid"),
            ("Authorization: Bearer a.b\r\n", "JWTRequestFormatInvalid"),
            (Bearer(First.Sign(Head, Claims(More))) + "Authorization: Bearer a.b.c\r\n", "JWTRequestFormatInvalid"),
            (Bearer(First.Sign("""{"alg":"RS256","kid":"first","crit":["b64"]}""", Claims(More))), "JWTRequestFormatInvalid"),
            (Bearer(Stranger.Sign(Head, Claims(More))), "JWTSignatureValidationError"),
            (Bearer(Second.Sign(SecondHead, Claims(More))), "JWTSignatureValidationError"),
            (Bearer(First.Sign(Head, "{\"iss\":\"https://issuer.test\"}")), "JWTClaimNotPresent"),
            (Bearer(First.Sign(Head, "{\"iss\":\"https://issuer.test\",\"exp\":\"x\"}")), "JWTClaimFormatInvalid"),
            (Bearer(First.Sign(Head, $$"""{"iss":"https://issuer.test","exp":{{Now - 10}}}""")), "JWTClaimValueInvalid"),
            (Bearer(First.Sign(Head, Claims($",\"nbf\":{Now + 3600}{More}"))), "JWTClaimValueInvalid"),
            (Bearer(First.Sign(Head, $$"""{"iss":"other","exp":{{Now + 3600}}}""")), "JWTClaimValueInvalid"),
            (Bearer(First.Sign(Head, Claims())), "JWTClaimNotPresent"),
            (Bearer(First.Sign(Head, Claims(",\"scope\":[\"a\",\"b\"],\"r\":[\"c\"]"))), "JWTClaimFormatInvalid"),
            (Bearer(First.Sign(Head, Claims(",\"scope\":\"a\",\"r\":[\"c\"]"))), "JWTClaimValueInvalid"),
            (Bearer(First.Sign(Head, Claims(",\"scope\":\"a b\",\"r\":\"c\""))), "JWTClaimFormatInvalid"),
            (Bearer(First.Sign(Head, Claims(More))), null),
        ];

        foreach (var (headers, reason) in asked)
        {
            Assert.Equal((headers, reason is null ? 200 : 401), (headers, await StatusAsync(web, headers)));
        }

        // Nobody knows why a token that no key could be tried with would have been refused.
        Assert.Equal(401, await StatusAsync(web, Bearer(First.Sign(Head, Claims(More))), "/closed"));
        var entries = (await LoggedRequests.Log(running).ReadAsync(asked.Length + 1)).OrderBy(entry => entry.LoggedAt).ToList();
        Assert.Equal(asked.Select(one => one.Reason).Append(null), entries.Select(entry => entry.Decision!.Reason));
        Assert.All(entries, entry => Assert.Null(entry.Decision!.Location));
        Assert.All(entries[..^1], entry => Assert.Equal(0, entry.Decision!.Rule));
    }

    [Fact]
    public async Task What_is_asked_for_is_known_to_the_next_CloudLb()
    {
        await using var instance = RawInstance.Start(Ok);
        var running = await RunningDataPlane.StartAsync();
        var gate = Gate(First, Nameless) with { Claims = [new("scope", ClaimForm.Words, ["a"]), new("r", ClaimForm.List, ["b", "c"])] };
        var web = await ApplyAsync(running, Web(instance, gate));
        var (process, directory) = (running.ProcessId, running.Directory);
        await running.CrashAsync();

        await using var next = await RunningDataPlane.StartAsync(directory);
        await next.ApplyAsync(web);

        Assert.Equal(process, next.ProcessId);
        Assert.Equal(401, await StatusAsync(web, $"Authorization: Bearer {First.Sign(Head, Claims())}\r\n"));
    }

    private static PlannedGate.BearerToken Gate(params TestKey[] keys) =>
        new("https://issuer.test", [], keys.Select(key => key.Planned).ToEquatableArray());

    private static string Bearer(string token) => $"Authorization: Bearer {token}\r\n";

    private static string Claims(string more = "") => $$"""{"iss":"https://issuer.test","exp":{{Now + 3600}}{{more}}}""";

    private static PlannedRule Rule(int priority, string path, PlannedAction action) =>
        new(priority, [new PlannedCondition.Path([new(path)])], action);

    private static PlannedLoadBalancer Web(RawInstance instance, PlannedGate gate)
    {
        var answers = ApplicationPlans.Answers;
        var refused = new PlannedAnswer(401, "Authorization Required", "text/html", "<html>401</html>");
        var web = ApplicationPlans.LoadBalancer("web", instance.Planned()).Checked(Plans.FastProbe);
        return Web(web with { Answers = answers with { Answers = [.. answers.Answers, refused] } }, gate);
    }

    private static PlannedLoadBalancer Web(PlannedLoadBalancer web, PlannedGate gate) => web with
    {
        Listeners = [web.Listeners[0] with { DefaultAction = web.Listeners[0].DefaultAction with { Gate = gate } }],
    };

    private static Task<string> AskAsync(PlannedLoadBalancer web, string headers) => RawClient.GetAsync(web, headers);

    private static async Task<int> StatusAsync(PlannedLoadBalancer web, string headers, string path = "/") =>
        int.Parse((await RawClient.GetAsync(web, headers, path)).Split(' ')[1]);

    private static async Task<PlannedLoadBalancer> ApplyAsync(RunningDataPlane running, PlannedLoadBalancer web)
    {
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");
        return web;
    }
}
