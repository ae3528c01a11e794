using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>An operator's templates, by the commands and by the tag.</summary>
public sealed class TemplateTests
{
    private const string Rules = "frontend.rules.liquid";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_template_is_edited_checked_and_applied_and_used_by_whom_it_is_for()
    {
        await using var server = await CloudLbProcess.StartAsync(
            Token, ("HAProxy:TemplateAccounts:filter:0", Account.First.Id), ("HAProxy:TemplateAccounts:theirs:0", Account.Second.Id));
        await using var backend = await Backend.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", backend.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await Traffic.AnswersAsync(url, 200, Token);

        Write(server, "theirs", "  http-request deny deny_status 404\n");
        Write(server, "filter", "  http-request deny deny_status 403 if { path_beg /admin }\n");
        var waiting = await server.CommandAsync(Token, "template", "check");
        Assert.Equal((0, "Nothing is wrong; 2 of 2 templates wait for 'cloudlb template apply'.\n"), (waiting.ExitCode, waiting.Output));
        Assert.Equal(
            (400, "ValidationError", "The tag 'cloudlb:template' cannot be given: there is no template 'filter'."),
            await TagAsync(api, "filter"));
        Assert.Equal((0, "All 2 templates are in force.\n"), await RunAsync(server, "apply"));
        Assert.Equal(
            (
                400, "ValidationError",
                $"The tag 'cloudlb:template' cannot be given: the template 'theirs' is not for the account {Account.First.Id}."),
            await TagAsync(api, "theirs"));
        Assert.Equal(200, (await TagAsync(api, "filter")).Status);
        await Traffic.AnswersAsync(new Uri(url, "/admin/x"), 403, Token);
        await Traffic.AnswersAsync(new Uri(url, "/other"), 200, Token);

        // An edit that HAProxy refuses changes nothing, and is told wherever somebody looks.
        Write(server, "filter", "  http-request denyy\n");
        var check = await server.CommandAsync(Token, "template", "check");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("filter: HAProxy refuses a line of filter/frontend.rules.liquid: 'http-request' expects", check.Error);
        Assert.EndsWith("The line: http-request denyy\n", check.Error);
        Assert.Equal(1, (await server.CommandAsync(Token, "template", "apply")).ExitCode);
        var told = await Wait.ForAsync(
            () => server.StatusAsync("web", Token), status => status?.Behind is not null, Token);
        Assert.Contains("The files of the template 'filter' are not in force", told!.Behind);
        Assert.Null(told.Fault);
        await Traffic.AnswersAsync(new Uri(url, "/admin/x"), 403, Token);

        Write(server, "filter", "  http-request deny deny_status 410 if { path_beg /admin }\n");
        var difference = await server.CommandAsync(Token, "template", "diff");
        Assert.Contains("\n-  http-request deny deny_status 403 if { path_beg /admin }\n", difference.Output);
        Assert.Contains("\n+  http-request deny deny_status 410 if { path_beg /admin }\n", difference.Output);
        await Traffic.AnswersAsync(new Uri(url, "/admin/x"), 403, Token);
        await RunAsync(server, "apply");
        await Traffic.AnswersAsync(new Uri(url, "/admin/x"), 410, Token);

        // A template that is gone is told, and its load balancer goes on.
        Directory.Delete(Path.Combine(server.DataDirectory, "templates", "filter"), recursive: true);
        await RunAsync(server, "apply");
        await Wait.ForAsync(
            () => server.StatusAsync("web", Token), status => status?.Behind?.Contains("there is no template 'filter'") == true, Token);
        await Traffic.AnswersAsync(new Uri(url, "/admin/x"), 410, Token);
        await api.CallAsync("Action=RemoveTags&LoadBalancerNames.member.1=web&Tags.member.1.Key=cloudlb:template", Token);
        await Traffic.AnswersAsync(new Uri(url, "/admin/x"), 200, Token);
    }

    [Fact]
    public async Task An_application_load_balancer_asks_for_a_template_by_the_same_tag()
    {
        await using var server = await CloudLbProcess.StartAsync(Token, ("HAProxy:TemplateAccounts:filter:0", Account.First.Id));
        await using var backend = await Backend.StartAsync(Token);
        Write(server, "filter", "  http-request deny deny_status 403 if { path_beg /admin }\n");
        await RunAsync(server, "apply");
        string[] arguments = ["create", "app", "application", "HTTP", $"{Ports.Http}", $"{backend.Port}", backend.Address];
        var made = await AwsPython.All.First().RunAsync("elbv2.py", server.Url, Account.First, Token, arguments);
        Assert.True(made.ExitCode == 0, made.Error);
        var (api, arn) = (new ElbApi(server.Url), (string)JsonNode.Parse(made.Output)![0]!);
        var url = await server.TrafficUrlAsync("app", Token);
        await Traffic.AnswersAsync(new Uri(url, "/admin/x"), 200, Token);

        var form = $"Action=AddTags&Version=2015-12-01&ResourceArns.member.1={arn}&Tags.member.1.Key=cloudlb:template&Tags.member.1.Value=";
        var refused = await api.SendAsync(form + "other", Token);
        Assert.Equal(
            (400, "ValidationError", "The tag 'cloudlb:template' cannot be given: there is no template 'other'."),
            (refused.Status, refused.Code, refused.Message));
        Assert.Equal(200, (await api.SendAsync(form + "filter", Token)).Status);
        await Traffic.AnswersAsync(new Uri(url, "/admin/x"), 403, Token);
    }

    [Fact]
    public async Task A_shipped_template_is_copied_once_and_changes_nothing_by_itself()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", 8080, Token);

        foreach (var file in new[] { "global.liquid", "defaults.liquid", "frontend.liquid", "backend.liquid" })
        {
            Assert.Equal(Path.Combine(server.DataDirectory, "templates", file) + "\n", (await RunAsync(server, "copy", file)).Output);
        }

        var again = await server.CommandAsync(Token, "template", "copy", "frontend.liquid");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("frontend.liquid cannot be made", again.Error);
        Assert.Equal(2, (await server.CommandAsync(Token, "template", "copy", "server.liquid")).ExitCode);
        Assert.Equal("Nothing would change.\n", (await RunAsync(server, "diff")).Output);
        Assert.Contains("frontend.liquid    rules, routing", (await RunAsync(server, "list")).Output);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(CloudLbProcess server, params string[] words)
    {
        var result = await server.CommandAsync(Token, ["template", .. words]);
        Assert.True(result.ExitCode == 0, result.Error);
        return (result.ExitCode, result.Output);
    }

    private static async Task<(int Status, string? Code, string? Message)> TagAsync(ElbApi api, string template)
    {
        var answer = await api.SendAsync(
            "Action=AddTags&Version=2012-06-01&LoadBalancerNames.member.1=web&Tags.member.1.Key=cloudlb:template" +
            $"&Tags.member.1.Value={template}", Token);
        return (answer.Status, answer.Code, answer.Message);
    }

    private static void Write(CloudLbProcess server, string template, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(server.DataDirectory, "templates", template));
        File.WriteAllText(Path.Combine(folder.FullName, Rules), text);
    }
}
