using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy.Templates;

/// <summary>The examples of docs/templates.md do what it says of them.</summary>
public sealed class DocumentedTemplateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void All_examples_are_tried_here() => Assert.Equal(
        ["activation", "buffer", "by-client", "by-path", "by-user", "filter", "limit", "queue", "sorry", "standby"],
        DocumentedTemplates.Names.Order());

    [Theory]
    [InlineData("by-client")]
    [InlineData("by-path")]
    [InlineData("by-user")]
    public async Task Requests_of_one_kind_go_to_one_instance_also_when_instances_join_a_running_process(string template)
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var third = await TestInstance.StartAsync("i-3");
        await using var running = await DocumentedTemplates.StartAsync(template);
        var web = Plans.LoadBalancer("web", first.Planned()) with { Template = template };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var all = web.With(first.Planned(), second.Planned(), third.Planned());
        await running.ApplyAsync(all);
        await running.IsPassingAsync(all, "i-1", "i-2", "i-3");
        Assert.Equal(1, running.Generation);

        // Which instance has answered for each of some paths, users, or this one client; and once more.
        string[] kinds = template == "by-client" ? ["/"]
            : [.. Enumerable.Range(0, 40).Select(i => template == "by-path" ? $"/{i}" : $"/?user={i}")];
        var once = await AnswersAsync(web, kinds);
        Assert.Equal(once, await AnswersAsync(web, kinds));
        Assert.Equal(once, await AnswersAsync(web, kinds));
        Assert.Equal(template == "by-client" ? 1 : 3, once.Distinct().Count());
    }

    [Fact]
    public async Task What_is_urgent_waits_in_front()
    {
        await using var instance = await OrderedInstance.StartAsync();
        await using var running = await DocumentedTemplates.StartAsync("queue");
        var web = Plans.LoadBalancer("web", instance.Planned) with { Template = "queue" };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var held = GetAsync(web.Url("/hold"));
        await Eventually.IsTrueAsync(() => !instance.Requests.IsEmpty, "the first request has come");
        var usual = GetAsync(web.Url("/usual"));
        await WaitAsync(running, "1");
        var urgent = GetAsync(web.Url("/urgent"));
        await WaitAsync(running, "2");
        instance.Release();

        await Task.WhenAll(held, usual, urgent);
        Assert.Equal(["/hold", "/urgent", "/usual"], instance.Requests);
    }

    [Fact]
    public async Task An_instance_sees_a_request_when_all_of_its_body_has_come()
    {
        await using var instance = await OrderedInstance.StartAsync();
        await using var running = await DocumentedTemplates.StartAsync("buffer");
        var web = Plans.LoadBalancer("web", instance.Planned) with { Template = "buffer" };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(web.Addresses[0], Plans.Port, Token);

        await socket.SendAsync(Encoding.ASCII.GetBytes("POST /slow HTTP/1.1\r\nHost: web\r\nContent-Length: 10\r\n\r\nhalf."), Token);
        await Eventually.IsTrueAsync(
            async () => (await running.AskAsync("show sess")).Contains("fe=123456789012:us-east-1:web:8080 ", StringComparison.Ordinal),
            "the head has come");
        await GetAsync(web.Url("/other"));
        Assert.Equal(["/other"], instance.Requests);

        await socket.SendAsync(Encoding.ASCII.GetBytes("other"), Token);
        await Eventually.IsTrueAsync(() => instance.Requests.Count == 2, "the request is passed on");
    }

    [Fact]
    public async Task Requests_are_refused_by_path_header_and_user_agent()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await DocumentedTemplates.StartAsync("filter");
        var web = Plans.LoadBalancer("web", instance.Planned()) with { Template = "filter" };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.StartsWith("HTTP/1.1 200 ", await RawClient.GetAsync(web));
        Assert.StartsWith("HTTP/1.1 403 ", await RawClient.GetAsync(web, path: "/Admin/x"));
        Assert.StartsWith("HTTP/1.1 403 ", await RawClient.GetAsync(web, path: "/%61dmin"));
        Assert.StartsWith("HTTP/1.1 403 ", await RawClient.GetAsync(web, "X-Debug: 1\r\n"));
        Assert.StartsWith("HTTP/1.1 403 ", await RawClient.GetAsync(web, "User-Agent: Some BadBot/2\r\n"));
        Assert.Equal(1, instance.Requests);
    }

    [Fact]
    public async Task A_zone_stands_by_and_takes_over_when_no_other_instance_is_in_service()
    {
        await using var usual = await TestInstance.StartAsync("i-1");
        await using var spare = await TestInstance.StartAsync("i-2");
        await using var running = await DocumentedTemplates.StartAsync("standby");
        var web = Plans.LoadBalancer("web", usual.Planned() with { Zone = "us-east-1a" }, spare.Planned() with { Zone = "us-east-1b" })
            .Checked(Plans.FastProbe) with { Template = "standby" };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");

        Assert.Equal(["i-1"], (await AnswersAsync(web, [.. Enumerable.Repeat("/", 10)])).Distinct());
        usual.CheckStatus = 500;
        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) == "i-2", "the spare takes over");
        usual.CheckStatus = 200;
        await running.IsPassingAsync(web, "i-1");
        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) == "i-1", "the usual one is back");
    }

    [Fact]
    public async Task Spares_take_over_when_fewer_than_two_instances_are_in_service()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var spare = await TestInstance.StartAtAsync("spare", IPAddress.Parse("127.0.0.201"));
        await using var running = await DocumentedTemplates.StartAsync(
            "activation", (nameof(HAProxyOptions.PollInterval), "00:00:00.2"));
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Checked(Plans.FastProbe) with { Template = "activation" };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) is "i-1" or "i-2", "two are enough");

        first.CheckStatus = 500;
        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) == "spare", "the spare takes over");
        first.CheckStatus = 200;
        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) is "i-1" or "i-2", "two are enough again");

        // Servers of a section of the operator's are no drift, and nobody's members.
        Assert.Equal(1, running.Generation);
        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("changed by hand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_says_sorry_while_no_instance_is_in_service()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await DocumentedTemplates.StartAsync("sorry");
        var web = Plans.LoadBalancer("web", instance.Planned()).Checked(Plans.FastProbe) with { Template = "sorry" };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Assert.Equal("i-1", await GetAsync(web.Url()));

        instance.CheckStatus = 500;
        await Eventually.IsTrueAsync(() => running.Health(web, "i-1") == ObservedHealth.Failed, "the instance is out of service");
        var sorry = await RawClient.GetAsync(web);

        Assert.StartsWith("HTTP/1.1 503 ", sorry);
        Assert.Contains("We are back in a minute.", sorry);
        Assert.Contains("Content-Type: text/html", sorry);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_so()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await DocumentedTemplates.StartAsync("limit");
        var web = Plans.LoadBalancer("web", instance.Planned()) with { Template = "limit" };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        // The first hundred are answered, however long they take, and of three hundred at once some are too many.
        var first = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => StatusAsync(web)));
        Assert.All(first, status => Assert.Equal(HttpStatusCode.OK, status));
        await Eventually.IsTrueAsync(
            async () =>
            {
                var more = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => StatusAsync(web)));
                return more.Contains(HttpStatusCode.TooManyRequests);
            },
            "too many requests");
    }

    private static async Task<HttpStatusCode> StatusAsync(PlannedLoadBalancer loadBalancer)
    {
        using var response = await Client.GetAsync(loadBalancer.Url(), Token);
        return response.StatusCode;
    }

    /// <summary>Each on a connection of its own or not, as the client has it.</summary>
    private static async Task<List<string>> AnswersAsync(PlannedLoadBalancer loadBalancer, string[] paths)
    {
        var answers = new List<string>();
        foreach (var path in paths)
        {
            var body = (await RawClient.GetAsync(loadBalancer, path: path)).Split("\r\n\r\n")[1];
            answers.Add(body.Split('\n').First(line => line.StartsWith("i-", StringComparison.Ordinal)).Trim());
        }

        return answers;
    }

    private static Task WaitAsync(RunningDataPlane running, string count) => Eventually.IsTrueAsync(
        async () => (await running.AskAsync("show stat -1 2 -1")).Split('\n')
            .Any(line => line.StartsWith("123456789012:us-east-1:web:http-8081,BACKEND,", StringComparison.Ordinal)
                && line.Split(',')[2] == count),
        $"{count} requests wait");
}
