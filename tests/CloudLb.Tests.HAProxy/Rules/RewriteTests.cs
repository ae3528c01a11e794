using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Rules that rewrite requests: what arrives at an instance, and that conditions see the request as it came.</summary>
public sealed class RewriteTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData("^/old/(.*)$", "/new/$1", "/old/a/b?x=%20&y", "/new/a/b?x=%20&y")]
    [InlineData("^/old/(.*)$", "/new/$1", "/other", "/other")]
    [InlineData("/v1/", "/v2/", "/api/v1/x/v1/y", "/api/v2/x/v1/y")]
    [InlineData("^/dp/([A-Z0-9]+)/?$", "/product.php?id=$1", "/dp/B09G3HRMVB/", "/product.php?id=B09G3HRMVB")]
    [InlineData("^/(\\w+)/(\\w+)", "/$2/$1", "/a/b/c", "/b/a/c")]
    [InlineData("\\?.*$", "?none", "/a?b=1", "/a?none")]
    [InlineData("^/a", "/%24$HOME'\"%[src]\\1,)#{x}", "/abc", "/%24$HOME'\"%[src]\\1,)#{x}bc")]
    public async Task The_address_is_rewritten(string expression, string replacement, string asked, string arrived)
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(
            running, Web(instance, Rule(1, "/*", new PlannedRewrite(RewrittenPart.PathAndQuery, expression, replacement))));

        await AskAsync(web, asked);

        Assert.StartsWith($"GET {arrived} HTTP/1.1\r\n", Assert.Single(instance.Heads));
    }

    [Theory]
    [InlineData("^mywebsite-(.+).com$", "internal.$1.test", "MyWebsite-example.com", "internal.example.test")]
    [InlineData("^mywebsite-(.+).com$", "internal.$1.test", "other.com:80", "other.com:80")]
    [InlineData(":80$", ":8080", "a.test:80", "a.test:8080")]
    public async Task The_host_is_rewritten(string expression, string replacement, string host, string arrived)
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(running, Web(instance, Rule(1, "/*", new PlannedRewrite(RewrittenPart.Host, expression, replacement))));

        await AskAsync(web, "/", host);

        Assert.Contains($"\r\nhost: {arrived}\r\n", Assert.Single(instance.Heads) + "\r\n", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Conditions_see_the_request_as_it_came_and_actions_what_it_has_become()
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var toB = new PlannedRewrite(RewrittenPart.PathAndQuery, "^/a", "/b");
        var toC = new PlannedRewrite(RewrittenPart.PathAndQuery, "^/b", "/c");
        var moved = new PlannedAction.Redirect(302, "#{protocol}", "#{host}", "#{port}", "/#{path}", "#{query}");
        var web = await ApplyAsync(running, Web(
            instance, Rule(1, "/a*", toB), Rule(2, "/b*", toC),
            Rule(3, "/moved/*", toB with { Expression = "moved" }) with { Action = moved }));

        await AskAsync(web, "/a1");
        await AskAsync(web, "/b1");
        await AskAsync(web, "/d1");
        var answer = await AskAsync(web, "/moved/x?y");

        Assert.Equal(["GET /b1", "GET /c1", "GET /d1"], instance.Heads.Select(head => head.Split(" HTTP")[0]));
        Assert.Contains("/b/x?y\r\n", answer.Replace("//b", "/b", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RewrittenPart.PathAndQuery, "^/", "")]
    [InlineData(RewrittenPart.PathAndQuery, "^/", "x")]
    [InlineData(RewrittenPart.Host, ".*", "")]
    [InlineData(RewrittenPart.Host, "^web", "web/x")]
    public async Task What_becomes_no_address_is_answered_500(RewrittenPart part, string expression, string replacement)
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ApplyAsync(running, Web(instance, Rule(1, "/*", new PlannedRewrite(part, expression, replacement))));

        Assert.StartsWith("HTTP/1.1 500 ", await AskAsync(web, "/a"));
        Assert.Empty(instance.Heads);
    }

    [Fact]
    public async Task A_request_is_rewritten_once_also_where_it_is_passed_on_and_none_is_lost()
    {
        await using var instance = RawInstance.Start(Ok, readsBodies: true);
        await using var running = await RunningDataPlane.StartAsync();
        var longer = new PlannedRewrite(RewrittenPart.PathAndQuery, "^/a", "/a/a");
        var web = await ApplyAsync(running, Web(instance, Rule(1, "/a*", longer)));
        using var kept = await KeptConnection.OpenAsync(web);
        Assert.Equal(200, (await kept.GetAsync("/a"))!.Value.Status);

        // The process that has this connection finishes: it passes requests on.
        await running.ApplyAsync(web with { Listeners = [.. web.Listeners, web.Listeners[0] with { Port = 8090 }] });
        Assert.Equal(200, (await kept.GetAsync("/a1"))!.Value.Status);

        // A body in chunks is passed on by the process to itself.
        using var other = await KeptConnection.OpenAsync(web);
        var chunked = await other.AskAsync(
            "POST /a2 HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        Assert.Equal(200, chunked!.Value.Status);

        Assert.Equal(["GET /a/a", "GET /a/a1", "POST /a/a2"], instance.Heads.Select(head => head.Split(" HTTP")[0]));
    }

    [Theory]
    [InlineData("(a+)+$", "x")]
    [InlineData("(", "x")]
    [InlineData("a", "$1")]
    [InlineData("a", "a b")]
    [InlineData("a", "a\nb")]
    public async Task What_must_not_be_written_is_at_fault_alone(string expression, string replacement)
    {
        await using var instance = RawInstance.Start(Ok);
        await using var running = await RunningDataPlane.StartAsync();
        var other = Plans.LoadBalancer("other", instance.Planned());

        await running.ApplyAsync(
            Web(instance, Rule(1, "/*", new PlannedRewrite(RewrittenPart.PathAndQuery, expression, replacement))), other);

        Assert.Equal("web", Assert.Single(running.DataPlane.Faults).LoadBalancer.Name);
        await running.IsPassingAsync(other, "i-1");
    }

    [Fact]
    public async Task Rules_with_expressions_are_known_to_the_next_CloudLb()
    {
        await using var instance = RawInstance.Start(Ok);
        var running = await RunningDataPlane.StartAsync();
        var rule = Rule(1, "/*", new PlannedRewrite(RewrittenPart.PathAndQuery, "^/a(.)", "/b$1")) with
        {
            Conditions = [new PlannedCondition.Path([new("^/a\\d", IsExpression: true)])],
        };
        var web = await ApplyAsync(running, Web(instance, rule));
        var (process, directory) = (running.ProcessId, running.Directory);
        await running.CrashAsync();

        await using var next = await RunningDataPlane.StartAsync(directory);
        await next.ApplyAsync(web);

        Assert.Equal(process, next.ProcessId);
        await AskAsync(web, "/a1");
        await AskAsync(web, "/ax");
        Assert.Equal(["GET /b1", "GET /ax"], instance.Heads.Select(head => head.Split(" HTTP")[0]));
    }

    private static Task<string> AskAsync(PlannedLoadBalancer web, string path, string host = "web.test") =>
        RawClient.AskAsync(web, $"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

    private static PlannedLoadBalancer Web(RawInstance instance, params PlannedRule[] rules)
    {
        var web = Plans.LoadBalancer("web", instance.Planned()).Checked(Plans.FastProbe);
        var forward = web.Listeners[0].DefaultAction;
        var own = rules.Select(rule => rule.Action is PlannedAction.Redirect ? rule : rule with { Action = forward });
        return web with { Listeners = [web.Listeners[0] with { Rules = own.ToEquatableArray() }] };
    }

    private static PlannedRule Rule(int priority, string path, params PlannedRewrite[] rewrites) =>
        new(priority, [new PlannedCondition.Path([new(path)])], new PlannedAction.Forward([]), rewrites.ToEquatableArray());

    private static async Task<PlannedLoadBalancer> ApplyAsync(RunningDataPlane running, PlannedLoadBalancer web)
    {
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");
        return web;
    }
}
