using System.Net;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy.Templates;

/// <summary>Templates in a running data plane: what takes them up, and what becomes of those that cannot be used.</summary>
public sealed class TemplatesInForceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rules_of_the_installation_hold_for_every_request_of_every_load_balancer()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await StartAsync(
            ("frontend.rules.liquid", "  http-request deny deny_status 403 if { path_beg /admin }\n"));
        var web = Plans.LoadBalancer("web", instance.Planned());

        await running.ApplyAsync(web, Plans.LoadBalancer("other"));
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal("i-1", await GetAsync(web.Url()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(web, "admin/x"));
        Assert.Empty(running.DataPlane.Faults);
    }

    [Fact]
    public async Task Files_are_in_force_when_they_are_applied_and_not_before()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        TemplateFiles.Write(running.Directory, "frontend.rules.liquid", "  http-request deny deny_status 403 if { path /x }\n");
        await running.ReapplyAsync();
        Assert.Equal((HttpStatusCode.OK, 1), (await StatusAsync(web, "x"), running.Generation));
        var difference = Assert.Single(await running.Templates.CompareAsync(Token));
        Assert.Contains("+  http-request deny deny_status 403 if { path /x }", difference.Lines);
        Assert.False(Assert.Single(await running.Templates.ReadAsync(Token)).IsInForce);

        Assert.True(Assert.Single(await running.Templates.ApplyAsync(Token)).IsInForce);
        await running.ReapplyAsync();
        await BecomesAsync(web, "x", HttpStatusCode.Forbidden);
        Assert.Contains(running.Log.Lines, line => line.Contains("(template changed)", StringComparison.Ordinal));

        TemplateFiles.Delete(running.Directory, "frontend.rules.liquid");
        await running.Templates.ApplyAsync(Token);
        await running.ReapplyAsync();
        await BecomesAsync(web, "x", HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("frontend.rules.liquid", "  http-request denyy\n", "HAProxy refuses a line of frontend.rules.liquid", "http-request denyy")]
    [InlineData("global.end.liquid", "  no-such-word\n", "HAProxy refuses a line of global.end.liquid", "no-such-word")]
    [InlineData("defaults.end.liquid", "  timeout x\n", "HAProxy refuses a line of defaults.end.liquid", "timeout x")]
    [InlineData("frontend.liquid", "{{ section }}\n", "leaves out {{ binds }}", "")]
    public async Task What_HAProxy_refuses_changes_nothing_and_is_told_with_its_line(string path, string text, string why, string line)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await StartAsync(("frontend.rules.liquid", "  http-request deny deny_status 403 if { path /x }\n"));
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        TemplateFiles.Write(running.Directory, path, text);
        var reports = await running.Templates.ApplyAsync(Token);
        await running.ApplyAsync(web, Plans.LoadBalancer("new"));

        var fault = Assert.Single(reports, report => report.Fault is not null).Fault!;
        Assert.Contains(why, fault);
        Assert.Contains(line, fault);
        Assert.Contains(running.Log.Lines, logged => logged.Contains(why, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (await StatusAsync(web, "x"), await StatusAsync(web, "y")));
        Assert.Equal((2, 2), (running.Generation, running.DataPlane.Cells[0].LoadBalancers));
        Assert.Empty(running.DataPlane.Faults);

        // Whoever asks once they are as they were, or corrected, is told nothing of what is not there any more.
        const string Rules = "frontend.rules.liquid";
        TemplateFiles.Delete(running.Directory, path);
        TemplateFiles.Write(running.Directory, Rules, "  http-request deny deny_status 403 if { path /x }\n");
        Assert.All(await running.Templates.ReadAsync(Token), report => Assert.Null(report.Fault));
        TemplateFiles.Write(running.Directory, Rules, "  http-request deny deny_status 403 if { path /z }\n");
        Assert.All(await running.Templates.ReadAsync(Token), report => Assert.Null(report.Fault));
    }

    [Fact]
    public async Task A_line_that_HAProxy_refuses_of_one_load_balancer_alone_leaves_that_as_it_was_and_the_others_go_on()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await StartAsync();
        var (web, other) = (Plans.LoadBalancer("web", instance.Planned()), Plans.LoadBalancer("other", instance.Planned()));
        await running.ApplyAsync(web, other);
        await running.IsPassingAsync(web, "i-1");
        await running.IsPassingAsync(other, "i-1");

        TemplateFiles.Write(
            running.Directory, "frontend.rules.liquid",
            "{% if load_balancer.name == 'web' %}  http-request denyy\n{% else %}  http-request deny deny_status 403\n{% endif %}");
        Assert.Null(Assert.Single(await running.Templates.ApplyAsync(Token)).Fault);
        await running.ReapplyAsync();

        var fault = Assert.Single(running.DataPlane.Faults);
        Assert.Equal((web.Id, null), (fault.LoadBalancer, fault.Port));
        Assert.Contains("HAProxy refuses a line of frontend.rules.liquid: ", fault.Reason);
        Assert.EndsWith("The line: http-request denyy It is served as it was before.", fault.Reason);
        await BecomesAsync(other, "", HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(web, ""));

        // What is planned for it goes on to be done.
        await using var second = await TestInstance.StartAsync("i-2");
        await running.ApplyAsync(web.With(second.Planned()), other);
        await running.IsPassingAsync(web, "i-2");
        Assert.Equal("i-2", await GetAsync(web.Url()));

        TemplateFiles.Delete(running.Directory, "frontend.rules.liquid");
        await running.Templates.ApplyAsync(Token);
        await running.ReapplyAsync();
        Assert.Empty(running.DataPlane.Faults);
    }

    [Fact]
    public async Task What_all_share_is_handed_over_with_other_templates()
    {
        await using var running = await StartAsync();
        await running.ApplyAsync(Plans.LoadBalancer("web"));
        TemplateFiles.Write(running.Directory, "global.end.liquid", "  tune.http.cookielen 64\n");
        TemplateFiles.Write(running.Directory, "defaults.end.liquid", "{% if name == 'tcp_pool' %}  timeout queue 7s\n{% endif %}");

        await running.Templates.ApplyAsync(Token);
        await running.ReapplyAsync();

        var text = await File.ReadAllTextAsync(running.CellFile("haproxy.cfg"), Token);
        Assert.Equal(2, running.Generation);
        Assert.Contains("\n  tune.http.cookielen 64\n", text);
        Assert.Single(text.Split('\n'), line => line == "  timeout queue 7s");
        Assert.DoesNotContain("httpclient.ssl.verify", text);
    }

    [Fact]
    public async Task What_a_process_refuses_of_what_all_share_keeps_no_change_waiting()
    {
        await using var running = await StartAsync();
        var web = Plans.LoadBalancer("web") with { IsLogged = true };
        await running.ApplyAsync(web);

        // The trial has no load balancer with an access log.
        TemplateFiles.Write(running.Directory, "defaults.end.liquid", "{% if name == 'http_listener_logged' %}  nonsense\n{% endif %}");
        Assert.Null(Assert.Single(await running.Templates.ApplyAsync(Token)).Fault);
        await running.ReapplyAsync();
        await running.ApplyAsync(web, Plans.LoadBalancer("new"));

        Assert.Equal(2, running.DataPlane.Cells[0].LoadBalancers);
        Assert.Empty(running.DataPlane.Faults);
        Assert.Contains("HAProxy refuses a line of defaults.end.liquid", Assert.Single(await running.Templates.ReadAsync(Token)).Fault);
        Assert.Contains(running.Log.Lines, line => line.Contains(" 5021 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_CloudLb_finds_what_is_served_and_hands_nothing_over()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var first = await StartAsync(
            ("frontend.rules.liquid", "  http-request deny deny_status 403 if { path /x }\n"),
            ("global.end.liquid", "  tune.http.cookielen 64\n"), ("defaults.end.liquid", "  timeout queue 7s\n"));
        var web = Plans.LoadBalancer("web", instance.Planned());
        await first.ApplyAsync(web);
        await first.IsPassingAsync(web, "i-1");
        await first.CrashAsync();

        await using var second = await RunningDataPlane.StartAsync(first.Directory);
        await second.ApplyAsync(web);

        Assert.Equal(1, second.Generation);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(web, "x"));
    }

    [Fact]
    public async Task What_is_served_can_be_written_again_when_the_files_are_refused_by_the_next_CloudLb()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var first = await StartAsync(("frontend.rules.liquid", "  http-request deny deny_status 403 if { path /x }\n"));
        var web = Plans.LoadBalancer("web", instance.Planned());
        await first.ApplyAsync(web);
        await first.IsPassingAsync(web, "i-1");
        await first.CrashAsync();
        TemplateFiles.Write(first.Directory, "frontend.rules.liquid", "  http-request denyy\n");

        await using var second = await RunningDataPlane.StartAsync(first.Directory);
        await second.ApplyAsync(web, Plans.LoadBalancer("new"));

        Assert.Equal(2, second.Generation);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(web, "x"));
        Assert.Contains(second.Log.Lines, line => line.Contains("are not in force", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_that_joins_a_running_process_has_the_words_of_the_template()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await StartAsync(("server.liquid", "{% if server.id == 'i-2' %}backup{% endif %}\n"));
        var web = Plans.LoadBalancer("web", first.Planned()).Checked(Plans.FastProbe);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var both = web.With(first.Planned(), second.Planned()).Checked(Plans.FastProbe);
        await running.ApplyAsync(both);
        await running.IsPassingAsync(both, "i-1", "i-2");

        Assert.Equal(1, running.Generation);
        for (var request = 0; request < 8; request++)
        {
            Assert.Equal("i-1", await GetAsync(web.Url()));
        }

        // The spare's checks are told like any other's.
        second.CheckStatus = 500;
        await Eventually.IsTrueAsync(
            () => running.Health(both, "i-2") == ObservedHealth.Failed, "the failure of the spare is told");
        second.CheckStatus = 200;
        await running.IsPassingAsync(both, "i-2");
        first.CheckStatus = 500;
        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) == "i-2", "the spare takes over");
    }

    private static async Task<RunningDataPlane> StartAsync(params (string Path, string Text)[] files)
    {
        HAProxyInstalled.OrSkip();
        var directory = TemplateFiles.NewDirectory();
        foreach (var (path, text) in files)
        {
            TemplateFiles.Write(directory, path, text);
        }

        return await RunningDataPlane.StartAsync(directory);
    }

    /// <summary>
    /// The process before takes its share of what connects until it has read its signal, and answers once more on what it has.
    /// </summary>
    private static Task BecomesAsync(PlannedLoadBalancer loadBalancer, string path, HttpStatusCode status) =>
        Eventually.IsTrueAsync(async () => await StatusAsync(loadBalancer, path) == status, $"/{path} is answered {status}");

    private static async Task<HttpStatusCode> StatusAsync(PlannedLoadBalancer loadBalancer, string path)
    {
        using var response = await Client.GetAsync(new Uri(loadBalancer.Url(), path), Token);
        return response.StatusCode;
    }
}
