using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Paths that say in another way what rules ask for: where they go, and what arrives there.</summary>
public sealed class PathTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /// <summary>How a listener looks at requests.</summary>
    public enum Kind
    {
        Usual,
        WithHeadsOfItsOwn,
        Rewriting,
        Logged,
    }

    public static TheoryData<Kind> Kinds => [.. Enum.GetValues<Kind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nobody_comes_past_a_rule_by_writing_its_path_in_another_way(Kind kind)
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Web(kind, instance.Planned());
        await ServeAsync(running, web);

        foreach (var path in new[]
        {
            "/admin/x", "/%61dmin/x", "/./admin/x", "/x/../admin/x", "/x/%2E%2e/admin/x", "/x/..%2fadmin/x", "/admin%2Fx",
            "/a/b/../../admin/", "/x/.%2e/%2e/%61%64%6D%69%6e/%C3%A9", "/%%/../admin/", "/admin/.?a=/../b",
        })
        {
            Assert.Equal((path, "HTTP/1.1 403"), (path, (await RawClient.GetAsync(web, path: path))[..12]));
        }

        var strange = await RawClient.AskAsync(web, "GET http://web?/%61dmin/x HTTP/1.1\r\nHost: web?\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403 ", strange);
        foreach (var path in new[] { "//admin/x", "/%2561dmin/x", "/admin/../x", "/x%3F/%61/./", "/%zz%", "/.well-known/x", "/Admin/x" })
        {
            Assert.Equal((path, "HTTP/1.1 200"), (path, (await RawClient.GetAsync(web, path: path))[..12]));
            Assert.StartsWith($"GET {path} HTTP/1.1\r\n", instance.Heads.Last());
        }

        foreach (var path in new[]
        {
            "/..", "/admin/../../x", "/x/..%2f..%2Fadmin/x", "/a%00/../x", "/1/2/3/4/5/6/7/8/9/../../../../../../../../..",
        })
        {
            Assert.Equal((path, "HTTP/1.1 400"), (path, (await RawClient.GetAsync(web, path: path))[..12]));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_body_and_a_new_process_change_nothing_of_it(Kind kind)
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Web(kind, instance.Planned());
        await ServeAsync(running, web);
        string[] bodies = ["Content-Length: 1\r\n\r\nx", "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"];
        foreach (var body in bodies)
        {
            Assert.StartsWith("HTTP/1.1 403 ", await PostAsync("/%61dmin/x", body));
            Assert.StartsWith("HTTP/1.1 200 ", await PostAsync("/admin/../x", body));
        }

        using var kept = await KeptConnection.OpenAsync(web);
        using var another = await KeptConnection.OpenAsync(web);
        Assert.Equal((200, ""), await kept.GetAsync("/x"));
        Assert.Equal((200, ""), await another.GetAsync("/x"));
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));
        Assert.Equal((403, "closed"), await kept.GetAsync("/x/../admin/x"));
        Assert.Equal((200, ""), await another.GetAsync("/admin/%2e%2e/x"));
        Assert.StartsWith("GET /admin/%2e%2e/x HTTP/1.1\r\n", instance.Heads.Last());

        Task<string> PostAsync(string path, string body) =>
            RawClient.AskAsync(web, $"POST {path} HTTP/1.1\r\nHost: web\r\nConnection: close\r\n{body}");
    }

    [Theory]
    [InlineData("/%61dmin/x", 403)]
    [InlineData("/x/../admin/x", 403)]
    [InlineData("//admin/x?a=/../%61", 200)]
    [InlineData("/x/../../admin/x", 400)]
    public async Task Over_HTTP_2_it_is_the_same(string path, int status)
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Web(Kind.Usual, instance.Planned())
            .SecuredBy(running.Certificates.Add(TestCertificate.SelfSigned("web")));
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        using var client = Http2Plans.Client();
        await Eventually.IsTrueAsync(async () => (await Http2Plans.AskAsync(client, web, "/")).Status == 200, "the first answer");

        var request = Http2Plans.Request(web, "/", HttpVersion.Version20);
        var written = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        request.RequestUri = new Uri(request.RequestUri!.GetLeftPart(UriPartial.Authority) + path, written);
        var (major, answered, _) = await Http2Plans.AskAsync(client, request);

        Assert.Equal((2, status), (major, answered));
    }

    [Fact]
    public async Task A_redirect_leads_to_the_path_as_it_was_sent()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = ApplicationPlans.LoadBalancer("web");
        var moved = new PlannedAction.Redirect(301, "HTTPS", "new.test", "443", "/#{path}", "#{query}");
        web = web with { Listeners = [web.Listeners[0] with { Rules = [Rule("/old/*", moved)] }] };
        await running.ApplyAsync(web);

        var answer = await RawClient.GetAsync(web, path: "/%6fld/%C3%A9/./a%20b?c=%64");

        Assert.Contains("location: https://new.test:443/%6fld/%C3%A9/./a%20b?c=%64\r\n", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_listener_whose_rules_ask_for_no_path_lets_every_one_through()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = ApplicationPlans.LoadBalancer("web", instance.Planned());
        await ServeAsync(running, web);

        Assert.StartsWith("HTTP/1.1 200 ", await RawClient.GetAsync(web, path: "/../%00"));
        Assert.StartsWith("GET /../%00 HTTP/1.1\r\n", instance.Heads.Last());
    }

    [Fact]
    public async Task A_path_as_long_as_a_head_may_be_is_looked_at_whole()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Web(Kind.Usual, instance.Planned());
        await ServeAsync(running, web);

        foreach (var filling in new[] { "%", "%zz", "%61", "a", "a/../", "./", "/", "b/", "%C3" })
        {
            foreach (var end in new[] { "../admin/x", "/../../admin/x" })
            {
                var path = $"/x/{string.Concat(Enumerable.Repeat(filling, 60_000 / filling.Length))}{end}";
                var expected = SentPath.Normalized(path) switch
                {
                    null => "400",
                    var normalized => normalized.StartsWith("/admin/", StringComparison.Ordinal) ? "403" : "200",
                };
                Assert.Equal((filling, end, expected), (filling, end, (await RawClient.GetAsync(web, path: path))[9..12]));
            }
        }
    }

    private static async Task ServeAsync(RunningDataPlane running, PlannedLoadBalancer web)
    {
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await Eventually.IsTrueAsync(
            async () => (await RawClient.GetAsync(web)).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal), "the first answer");
    }

    private static PlannedLoadBalancer Web(Kind kind, PlannedMember member)
    {
        var web = ApplicationPlans.LoadBalancer("web", member);
        web = web with
        {
            IsLogged = kind == Kind.Logged,
            Listeners =
            [
                web.Listeners[0] with { Rules = [Rule("/admin/*", new PlannedAction.FixedResponse(403, "text/plain", "closed"))] },
            ],
        };
        return kind switch
        {
            Kind.WithHeadsOfItsOwn => web.With(http => http with { HidesServer = true }),
            Kind.Rewriting => web with
            {
                Listeners =
                [
                    web.Listeners[0] with
                    {
                        Rules = [web.Listeners[0].Rules[0] with { Rewrites = [new(RewrittenPart.PathAndQuery, "^/never", "/a")] }],
                    },
                ],
            },
            _ => web,
        };
    }

    private static PlannedRule Rule(string path, PlannedAction action) => new(1, [new PlannedCondition.Path([new(path)])], action);
}
