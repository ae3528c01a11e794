using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>What a load balancer does to the head of a request and of an answer.</summary>
public sealed class HeaderTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-MD5: x\r\nWWW-Authenticate: Basic\r\nSet-Cookie: " +
        "a=b\r\nContent-Length: 0\r\nX-Made-Up: 1\r\n\r\n";

    [Theory]
    [InlineData("", "{0}")]
    [InlineData("X-Forwarded-For: 1.1.1.1\r\n", "1.1.1.1, {0}")]
    [InlineData("X-Forwarded-For: 1.1.1.1, 2.2.2.2\r\n", "1.1.1.1, 2.2.2.2, {0}")]
    [InlineData("X-Forwarded-For: \r\n", "{0}")]
    [InlineData("X-Forwarded-For:\r\nX-Forwarded-For: \t\r\n", "{0}")]
    [InlineData("X-Forwarded-For: 1.1.1.1\r\nx-forwarded-for: 2.2.2.2\r\n", "1.1.1.1, 2.2.2.2, {0}")]
    [InlineData(
        "X-Forwarded-For: 1.1.1.1\r\nA: b\r\nX-FORWARDED-FOR:\r\nX-Forwarded-For: 2.2.2.2, 3.3.3.3\r\n", "1.1.1.1, 2.2.2.2, 3.3.3.3, {0}")]
    [InlineData(
        "A: x-forwarded-for: 9\r\nX-Forwarded-For: b\r\nX-Forwarded-For: x-forwarded-for: 7\r\nX-Forwarded-Fork: 5\r\n",
        "b, x-forwarded-for: 7, {0}")]
    [InlineData("X-Forwarded-For: \\1%[src]$0\r\n", "\\1%[src]$0, {0}")]
    [InlineData("X-Forwarded-For: \\1%[src]$0\r\nX-Forwarded-For: \\0&\"'\r\n", "\\1%[src]$0, \\0&\"', {0}")]
    public async Task The_clients_address_is_appended_to_those_that_are_there_on_one_line(string lines, string expected)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance);

        Assert.StartsWith("HTTP/1.1 200 ", await RawClient.GetAsync(web, lines));

        Assert.Equal([string.Format(expected, "127.0.0.1")], Values(Assert.Single(instance.Heads), "X-Forwarded-For"));
    }

    [Fact]
    public async Task As_many_lines_as_a_head_can_have_are_kept_in_their_order()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance);

        await RawClient.GetAsync(web, string.Concat(Enumerable.Range(0, 80).Select(number => $"X-Forwarded-For: {number}\r\n")));

        Assert.Equal(
            [$"{string.Join(", ", Enumerable.Range(0, 80))}, 127.0.0.1"], Values(Assert.Single(instance.Heads), "X-Forwarded-For"));
    }

    [Fact]
    public async Task Port_and_protocol_are_the_listeners_whatever_the_client_says()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance);

        await RawClient.GetAsync(
            web, "X-Forwarded-Port: 1\r\nX-Forwarded-Proto: https\r\nx-forwarded-port: 2\r\nx-forwarded-proto: ftp\r\n");

        var head = Assert.Single(instance.Heads);
        Assert.Equal([$"{Plans.Port}"], Values(head, "X-Forwarded-Port"));
        Assert.Equal(["http"], Values(head, "X-Forwarded-Proto"));
    }

    [Theory]
    [InlineData(127, "HTTP/1.1 200 ")]
    [InlineData(128, "HTTP/1.1 405 ")]
    public async Task A_method_has_127_letters_at_most(int length, string expected)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance);

        Assert.StartsWith(
            expected, await RawClient.AskAsync(web, $"{new string('M', length)} / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n"));
    }

    [Fact]
    public async Task Headers_are_spelled_as_people_know_them_towards_instances_and_clients()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance);

        var answer = await RawClient.GetAsync(
            web,
            "user-agent: x\r\nDNT: 1\r\nTE: trailers\r\nSEC-WEBSOCKET-KEY: x\r\nx-amzn-trace-id: y\r\nX-Custom-Id: 1\r\nIf-None-Match: " +
            "z\r\n");

        Assert.Equal(
            [
                "Host", "User-Agent", "DNT", "TE", "Sec-WebSocket-Key", "X-Amzn-Trace-Id", "x-custom-id", "If-None-Match",
                "X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-For",
            ],
            Names(Assert.Single(instance.Heads)));
        Assert.Equal(["ETag", "Content-MD5", "WWW-Authenticate", "Set-Cookie", "Content-Length", "x-made-up", "Connection"], Names(answer));
        Assert.Equal(["Host", "User-Agent", "Connection"], Names(instance.Checks.First()).Where(name => name != "Content-Length"));
    }

    [Fact]
    public async Task What_a_load_balancer_answers_by_itself_is_spelled_so_too()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web");
        await running.ApplyAsync(web);

        Assert.Equal(["Content-Length"], Names(await RawClient.GetAsync(web)).Where(name => name != "Connection"));
    }

    [Fact]
    public async Task Names_that_the_settings_add_keep_their_spelling_and_win_over_the_known_ones()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync(
            settings: [
                ("HeaderNames:0", "X-Custom-ID"), ("HeaderNames:1", "eTAG"), ("HeaderNames:2", "user-agent"),
                ("HeaderNames:3", "x_odd$'^`|~%*!&.+"), ("HeaderNames:4", "")]);
        var web = await ServedAsync(running, instance);

        var answer = await RawClient.GetAsync(web, "User-Agent: x\r\nx-custom-id: 1\r\nX_ODD$'^`|~%*!&.+: 2\r\n");

        Assert.Equal(["user-agent", "X-Custom-ID", "x_odd$'^`|~%*!&.+"], Names(Assert.Single(instance.Heads))[1..4]);
        Assert.Contains("eTAG", Names(answer));
    }

    [Theory]
    [InlineData(3, 16 * 1024 - 20)]
    [InlineData(1000, 40)]
    public async Task A_head_has_16_KiB_a_line_and_64_KiB_in_all(int lines, int length)
    {
        var fields = string.Concat(
            Enumerable.Range(0, lines).Select(number => $"X-Field-{number}: {new string('x', length - $"X-Field-{number}: ".Length)}\r\n"));
        await using var instance = RawInstance.Start($"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n{fields}\r\n");
        await using var running = await RunningDataPlane.StartAsync();
        var log = new AccessLogReader(running.AccessLog);
        var web = await ServedAsync(running, instance, isLogged: true);
        var path = "/" + new string('p', 15 * 1024);

        var answer = await RawClient.GetAsync(web, fields, path);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.Equal(fields, Fields(answer));
        var head = Assert.Single(instance.Heads);
        Assert.StartsWith($"GET {path} HTTP/1.1\r\n", head);
        Assert.Equal(fields, Fields(head));
        Assert.Equal(path, Assert.Single(await log.ReadAsync(1)).Request!.Target);
    }

    [Theory]
    [InlineData(4, 17_180)]
    [InlineData(1100, 40)]
    public async Task A_head_that_is_larger_is_a_400(int lines, int length)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, instance);

        var answer = await RawClient.GetAsync(
            web, string.Concat(Enumerable.Range(0, lines).Select(number => $"X-Field-{number}: {new string('x', length)}\r\n")));

        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Empty(instance.Heads);
    }

    private static async Task<PlannedLoadBalancer> ServedAsync(RunningDataPlane running, RawInstance instance, bool isLogged = false)
    {
        var web = Plans.LoadBalancer("web", instance.Planned()) with { IsLogged = isLogged };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        return web;
    }

    private static string[] Lines(string message) => message.Split("\r\n\r\n")[0].Split("\r\n")[1..];

    /// <summary>The lines of the fields that a test has numbered.</summary>
    private static string Fields(string message) =>
        string.Concat(
            Lines(message)
                .Where(line => line.StartsWith("x-field-", StringComparison.OrdinalIgnoreCase))
                .Select(line => $"X-F{line[3..]}\r\n"));

    private static string[] Names(string message) => [.. Lines(message).Select(line => line.Split(':')[0])];

    private static string[] Values(string head, string name) =>
        [.. Lines(head)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())];
}
