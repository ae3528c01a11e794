using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.HAProxy.Gates;

/// <summary>Requests that must show a session: who is let through, what members are told, and what goes to CloudLb's server.</summary>
public sealed class SessionTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32), Other = RandomNumberGenerator.GetBytes(32);

    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Fact]
    public async Task A_session_is_opened_and_told_and_anything_else_is_none()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(running, instance, WithoutSession.Refuse);
        var session = Sealed(Key, Now + 600);
        var parts = session.Split('.');
        const string Forged = "X-Amzn-Oidc-Identity: root\r\nX-Amzn-Oidc-Data: forged\r\n";

        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(web, $"Cookie: a=b; S-0={session}; c=d\r\n{Forged}"));
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(web, $"Cookie: S-0={session[..40]}; S-1={session[40..]}\r\n"));
        string[] none =
        [
            "", "x", $"{Now + 600}|x", Sealed(Other, Now + 600), Sealed(Key, Now - 1), session[..^8], parts[0], $"{parts[0]}..{parts[2]}",
            $"{parts[0]}.{Convert.ToBase64String(Convert.FromBase64String(parts[1])[..1])}.{parts[2]}",
            $"{parts[0]}.{Convert.ToBase64String(Convert.FromBase64String(parts[1])[..12])}.{parts[2]}",
        ];
        foreach (var cookie in none)
        {
            Assert.StartsWith("HTTP/1.1 401 ", await AskAsync(web, $"Cookie: S-0={cookie}\r\n{Forged}"));
        }

        // A proof that is cut short would pass for whoever tries all there are.
        for (var octet = 0; octet < 256; octet++)
        {
            Assert.StartsWith(
                "HTTP/1.1 401 ", await AskAsync(web, $"Cookie: S-0={parts[0]}.{Convert.ToBase64String([(byte)octet])}.{parts[2]}\r\n"));
        }

        Assert.Equal(2, instance.Heads.Count);
        Assert.All(instance.Heads, head =>
        {
            Assert.Contains("\r\nx-amzn-oidc-identity: somebody\r\n", head + "\r\n", StringComparison.OrdinalIgnoreCase);
            Assert.Contains("\r\nx-amzn-oidc-accesstoken: a token\r\n", head + "\r\n", StringComparison.OrdinalIgnoreCase);
            Assert.Contains("\r\nx-amzn-oidc-data: a.b.c\r\n", head + "\r\n", StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("S-0", head, StringComparison.Ordinal);
            Assert.DoesNotContain("forged", head, StringComparison.Ordinal);
        });
        Assert.Contains("cookie: a=b; c=d", instance.Heads.First(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_a_session_a_request_goes_on_untold_where_that_is_allowed()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(running, instance, WithoutSession.LetThrough);

        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(web, "Cookie: S-0=x\r\nX-Amzn-Oidc-Identity: root\r\n"));

        Assert.DoesNotContain("root", Assert.Single(instance.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_taken_from_wherever_it_stands_among_the_cookies_and_the_others_stay()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(running, instance, WithoutSession.Refuse);
        var session = Sealed(Key, Now + 600);
        var (head, tail) = (session[..30], session[30..]);

        foreach (var cookies in new[] { $"S-0={session}", $"S-0={head}; a=b; S-1={tail}; c=d", $"a=b; S-1={tail};S-0={head}; c=d; XS-0=e" })
        {
            Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(web, $"Cookie: {cookies}\r\n"));
        }

        Assert.Equal(
            [null, "a=b; c=d", "a=b; c=d; XS-0=e"],
            instance.Heads.Select(seen => seen.Split("\r\n").FirstOrDefault(
                line => line.StartsWith("cookie:", StringComparison.OrdinalIgnoreCase))?["cookie: ".Length..]));
        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync(web, $"Cookie: S-0={new string('x', 100_000)}\r\n"));
        Assert.StartsWith("HTTP/1.1 401 ", await AskAsync(web, $"Cookie: S-0={new string('x', 50_000)}\r\n"));
    }

    [Fact]
    public async Task The_server_is_told_what_a_client_has_met_or_whose_has_come_back_and_sees_requests_as_they_came()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(running, instance, WithoutSession.SignIn, new(RewrittenPart.PathAndQuery, "^.*$", "/rewritten"));
        var log = LoggedRequests.Log(running);
        await using var server = await ServeAsync(running);
        const string Forged = "X-Cloudlb-Sign-In: other\r\nX-Cloudlb-Load-Balancer: other\r\n";

        Assert.Contains("\r\n/a?b [gate-1] [lb-1] web\r\n", await RawClient.GetAsync(web, Forged, "/a?b"));
        var back = await RawClient.GetAsync(web, Forged, "/oauth2/idpresponse?a=b");
        Assert.Contains("\r\n/oauth2/idpresponse?a=b [] [lb-1] web\r\n", back);
        Assert.DoesNotContain("x-cloudlb-reason", back, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("HTTP/1.1 200 ", await RawClient.GetAsync(web, $"Cookie: S-0={Sealed(Key, Now + 600)}\r\n", "/a"));

        Assert.StartsWith("GET /rewritten ", Assert.Single(instance.Heads));
        var entries = (await log.ReadAsync(3)).OrderBy(entry => entry.ReceivedAt).Select(entry => entry.Decision!).ToList();
        Assert.Equal(["authenticate", "authenticate", "authenticate,forward"], entries.Select(entry => entry.Action));
        Assert.Equal(["Because", "Because", null], entries.Select(entry => entry.Reason));
        Assert.All(entries, entry => Assert.Null(entry.Location));
    }

    [Fact]
    public async Task While_the_server_is_away_sessions_hold_and_nobody_else_is_let_in()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(running, instance, WithoutSession.SignIn);

        Assert.StartsWith("HTTP/1.1 503 ", await RawClient.GetAsync(web));
        Assert.StartsWith("HTTP/1.1 200 ", await RawClient.GetAsync(web, $"Cookie: S-0={Sealed(Key, Now + 600)}\r\n"));
        await using var server = await ServeAsync(running);
        Assert.Contains("[gate-1]", await RawClient.GetAsync(web));
        Assert.Single(instance.Heads);
    }

    [Fact]
    public async Task A_denial_and_an_answer_after_a_session_are_logged_as_what_they_are_and_known_to_the_next_CloudLb()
    {
        await using var instance = RawInstance.Start(Ok);
        var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(
            running, instance, WithoutSession.Refuse, action: new PlannedAction.FixedResponse(200, "text/plain", "x"));
        var log = LoggedRequests.Log(running);

        Assert.StartsWith("HTTP/1.1 401 ", await RawClient.GetAsync(web));
        Assert.StartsWith("HTTP/1.1 200 ", await RawClient.GetAsync(web, $"Cookie: S-0={Sealed(Key, Now + 600)}\r\n"));
        var entries = (await log.ReadAsync(2)).OrderBy(entry => entry.ReceivedAt).Select(entry => entry.Decision!).ToList();
        Assert.Equal([(0, "authenticate"), (0, "authenticate,fixed-response")], entries.Select(entry => (entry.Rule, entry.Action)));

        var (process, directory) = (running.ProcessId, running.Directory);
        await running.CrashAsync();
        await using var next = await RunningDataPlane.StartAsync(directory);
        await next.ApplyAsync(web);
        Assert.Equal(process, next.ProcessId);
    }

    /// <summary>Answers with what it was asked.</summary>
    private static async Task<WebApplication> ServeAsync(RunningDataPlane running)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(running.SignInSocket));
        var server = builder.Build();
        server.Run(context =>
        {
            var request = context.Request;
            context.Response.Headers["x-cloudlb-reason"] = "Because";
            return context.Response.WriteAsync(
                $"{request.Path}{request.QueryString} [{request.Headers["x-cloudlb-sign-in"]}] " +
                $"[{request.Headers["x-cloudlb-load-balancer"]}] {request.Host}");
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        running.AdmitToSignInSocket();
        return server;
    }

    private static string Sealed(byte[] key, long ends)
    {
        static string Part(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        var clear = Encoding.ASCII.GetBytes($"{ends}|{Part("somebody")}|{Part("a token")}|{Part("a.b.c")}");
        var (nonce, proof, text) = (RandomNumberGenerator.GetBytes(12), new byte[16], new byte[clear.Length]);
        using var cipher = new AesGcm(key, proof.Length);
        cipher.Encrypt(nonce, clear, text, proof);
        return string.Join('.', new[] { nonce, proof, text }.Select(Convert.ToBase64String));
    }

    private static Task<string> AskAsync(PlannedLoadBalancer web, string headers) => RawClient.GetAsync(web, headers);

    private static async Task<PlannedLoadBalancer> ApplyAsync(
        RunningDataPlane running, RawInstance instance, WithoutSession without, PlannedRewrite? rewrite = null,
        PlannedAction? action = null)
    {
        var web = ApplicationPlans.LoadBalancer("web", instance.Planned()).Checked(Plans.FastProbe) with { IsLogged = true };
        var asking = (action ?? web.Listeners[0].DefaultAction) with
        {
            Gate = new PlannedGate.Session("lb-1", "gate-1", Convert.ToBase64String(Key), "S", without),
        };
        var listener = web.Listeners[0] with { DefaultAction = asking };
        web = web with
        {
            Listeners = [rewrite is null ? listener : listener with { Rules = [new(1, [], asking, [rewrite])] }],
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");
        return web;
    }
}
