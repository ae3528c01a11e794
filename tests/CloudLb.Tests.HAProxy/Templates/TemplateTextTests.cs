using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Templates;
using static CloudLb.Tests.HAProxy.Templates.TemplateFiles;

namespace CloudLb.Tests.HAProxy.Templates;

/// <summary>What templates make of a plan, as text.</summary>
public sealed class TemplateTextTests
{
    private static readonly TemplateSet AsShipped = Set(
        ("frontend.liquid", Shipped(TemplateKind.Frontend)), ("backend.liquid", Shipped(TemplateKind.Backend)));

    private static readonly PlannedLoadBalancer Web = Plans.LoadBalancer(
        "web", IPAddress.Parse("127.0.64.1"), Member("i-1", "10.0.0.5") with { Zone = "us-east-1a" },
        Member("i-2", "10.0.0.6") with { Zone = "us-east-1b" });

    public static TheoryData<string> Scenarios => [.. ScenarioPlans.All.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_shipped_templates_yield_to_the_letter_what_is_written_without_any(string name)
    {
        foreach (var loadBalancer in ScenarioPlans.All[name])
        {
            Assert.Equal(Text(loadBalancer, null), Text(loadBalancer, AsShipped));
        }
    }

    [Fact]
    public void The_shipped_templates_of_what_all_share_do_so_too()
    {
        var text = new ConfigText();
        text.Block(
            "global\n  nbthread 2\n  httpclient.ssl.verify none\n\ndefaults base\n  mode http\n\ndefaults tcp_pool from base\n  mode tcp");
        var shipped = Set(("global.liquid", Shipped(TemplateKind.Global)), ("defaults.liquid", Shipped(TemplateKind.Defaults)));

        var templated = TemplatedCommon.Of(text, shipped, hasOpen: false);

        Assert.Equal((text.ToString(), text.Lines), (templated.Text, templated.Lines));
    }

    [Fact]
    public void Lines_at_points_stand_where_the_points_are_from_what_holds_for_more_to_what_holds_for_less()
    {
        var lines = Lines(Web, Set(
            ("fast/frontend.rules.8080.liquid", "  http-request set-header X-Order 4\n"),
            ("fast/frontend.rules.liquid", "  http-request set-header X-Order 3\n"),
            ("frontend.rules.8080.liquid", "  http-request set-header X-Order 2\n"),
            ("frontend.rules.9999.liquid", "  http-request set-header X-Order never\n"),
            ("frontend.rules.liquid", "  http-request set-header X-Order 1\n"),
            ("frontend.routing.liquid", "  use_backend sorry if { nbsrv lt 1 }\n"),
            ("backend.rules.liquid", "{% if pool.protocol == 'http' %}\n  balance uri\n  hash-type consistent\n{% endif %}\n")));

        Assert.Equal(
            ["1", "2", "3", "4"], lines.Where(line => line.Contains("X-Order", StringComparison.Ordinal)).Select(line => line[^1..]));
        Assert.True(lines.IndexOf("  http-request set-header X-Order 4") < lines.IndexOf("  use_backend pass_on if { stopping }"));
        Assert.True(lines.IndexOf("  use_backend pass_on if { stopping }") < lines.IndexOf("  use_backend sorry if { nbsrv lt 1 }"));
        Assert.True(
            lines.IndexOf("  hash-type consistent") < lines.FindIndex(line => line.StartsWith("  server ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_listener_with_rules_of_an_operator_has_the_defaults_that_let_every_request_come_to_them()
    {
        var open = LoadBalancerSections.Render(
            Web, HAProxyCapabilities.None, templates: Set(("frontend.rules.liquid", "  http-request deny if { path /x }\n")));
        var usual = LoadBalancerSections.Render(
            Web, HAProxyCapabilities.None, templates: Set(("frontend.routing.liquid", "  use_backend x if { path /x }\n")));

        Assert.Equal((true, false), (open.IsOpen, usual.IsOpen));
        Assert.StartsWith("frontend 123456789012:us-east-1:web:8080 from http_listener_open\n", open.Text);
        Assert.StartsWith("frontend 123456789012:us-east-1:web:8080 from http_listener\n", usual.Text);
    }

    [Theory]
    [InlineData("{{ section }}", "frontend.liquid leaves out {{ binds }}, without which CloudLb cannot serve.")]
    [InlineData("{{ section }}\n{{ section }}", "frontend.liquid has {{ section }} twice; what it stands for can be there once.")]
    [InlineData("{{ section | upcase }}", "more than a part of CloudLb's")]
    [InlineData("{{ section }} more", "more than a part of CloudLb's")]
    [InlineData("{{ nothing }}", "frontend.liquid cannot be rendered")]
    [InlineData("{% if %}", "frontend.liquid cannot be understood")]
    [InlineData("{% for i in (1..100000) %}{{ i }}{% endfor %}", "frontend.liquid cannot be rendered")]
    [InlineData("{{ 'x' | no_such_filter }}", "frontend.liquid cannot be")]
    public void A_template_that_takes_away_what_CloudLb_depends_on_is_refused_by_name(string text, string why) =>
        Assert.Contains(why, Refusal(("frontend.liquid", text)));

    [Fact]
    public void Parts_stand_in_the_order_of_the_shipped_template()
    {
        var swapped = Shipped(TemplateKind.Frontend).Replace("{{ sources }}\n", "") + "{{ sources }}\n";

        Assert.Contains("{{ connections }} where {{ sources }} comes first", Refusal(("frontend.liquid", swapped)));
    }

    [Fact]
    public void A_template_without_a_point_that_is_filled_is_refused() => Assert.Contains(
        "leaves out {{ points.rules }}, where frontend.rules.liquid is to stand",
        Refusal(
            ("frontend.liquid", Shipped(TemplateKind.Frontend).Replace("{{ points.rules }}\n", "")),
            ("frontend.rules.liquid", "  http-request deny\n")));

    [Fact]
    public void What_a_template_may_leave_out_can_be_said_otherwise()
    {
        var text = Text(Web, Set(("backend.liquid", Shipped(TemplateKind.Backend).Replace("{{ timeouts }}", "  timeout server 5s"))));

        Assert.Contains("\n  timeout server 5s\n", text);
        Assert.DoesNotContain("timeout tunnel", text);
    }

    [Theory]
    [InlineData("frontend.rules", "bind :81", "(bind)")]
    [InlineData("frontend.rules", "no log", "(log)")]
    [InlineData("frontend.rules", "log-format x", "(log-format)")]
    [InlineData("frontend.rules", "option httplog", "(option)")]
    [InlineData("frontend.rules", "default_backend x", "(default_backend)")]
    [InlineData("frontend.rules", "mode tcp", "(mode)")]
    [InlineData("frontend.rules", "use_backend x", "passing_on")]
    [InlineData("frontend.rules", "http-request set-log-level silent", "what is logged")]
    [InlineData("frontend.rules", "http-request track-sc0 src", "yours is sc2")]
    [InlineData("frontend.rules", "http-request set-var(txn.framed) str(x)", "begin its name with my_")]
    [InlineData("frontend.rules", "http-request del-header Transfer-Encoding", "how messages are told apart")]
    [InlineData("frontend.rules", "acl allowed_source always_true", "begin its name with my_")]
    [InlineData("frontend.rules", "capture request header X len 9", "(capture)")]
    [InlineData("frontend.rules", "http-request capture path len 9", "what is logged")]
    [InlineData("frontend.rules", "backend x", "sections.liquid")]
    [InlineData("frontend.rules", ".if 0", "condition of HAProxy's")]
    [InlineData("frontend.rules", "'bind' :81", "quoted word")]
    [InlineData("backend.rules", "server x 10.0.0.1:80", "(server)")]
    [InlineData("backend.rules", "default-server check", "(default-server)")]
    [InlineData("backend.rules", "option httpchk", "(option)")]
    [InlineData("backend.rules", "http-check expect status 500", "(http-check)")]
    [InlineData("backend.rules", "cookie X insert", "(cookie)")]
    [InlineData("backend.rules", "balance uri", "hash-type consistent")]
    [InlineData("backend.rules", "use-server i-1 if TRUE", "%[str(NAME)]")]
    [InlineData("sections", "frontend x\n  bind :81", "begins no section that can stand here")]
    [InlineData("sections", "backend 123456789012:us-east-1:other:80", "a load balancer's own section")]
    [InlineData("sections", "backend x\n  listen y", "begins a section")]
    [InlineData("sections", "  server x 10.0.0.1:80", "stands in no section")]
    [InlineData("server", "check", "a member can be given backup, maxconn N")]
    [InlineData("server", "maxconn", "is not understood")]
    [InlineData("server", "maxconn 10\nbackup weight 0", "is not understood at 'weight'")]
    public void What_is_CloudLbs_to_say_an_operators_line_does_not(string file, string line, string why)
    {
        var refusal = Refusal(($"{file}.liquid", line));

        Assert.StartsWith($"{file}.liquid: ", refusal);
        Assert.Contains(why, refusal);
    }

    [Theory]
    [InlineData("frontend.rules", "http-request track-sc2 src table x", true)]
    [InlineData("backend.rules", "http-request deny if { sc_http_req_rate(2) gt 100 }", true)]
    [InlineData("frontend.rules", "http-request sc-inc-gpc0(2)", true)]
    [InlineData("frontend.rules", "http-request set-header X-Sc2 %[src]", false)]
    public void An_operator_who_counts_requests_by_the_counter_of_HTTP_2_has_listeners_without_it(string file, string line, bool counts)
    {
        var web = ApplicationPlans.LoadBalancer("web", Member("i-1", "10.0.0.5")).SecuredBy("ASCA1");

        var bind = Lines(web, Set(($"{file}.liquid", $"  {line}\n"))).Single(text => text.StartsWith("  bind ", StringComparison.Ordinal));

        Assert.EndsWith(counts ? " alpn http/1.1" : " alpn h2,http/1.1", bind, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frontends.liquid", "no name of a template")]
    [InlineData("frontend.nowhere.liquid", "has no point 'nowhere'; it has rules, routing")]
    [InlineData("backend.rules.80.liquid", "a port can stand in the names of frontend templates alone")]
    [InlineData("fast/global.liquid", "beside the folders")]
    public void A_file_that_no_template_is_called_is_refused(string path, string why) =>
        Assert.Contains(why, Assert.Throws<TemplateException>(() => TemplateFile.Of(path, "")).Message);

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("\uE000section\uE001")]
    public void A_file_with_other_characters_than_text_is_refused(string text) =>
        Assert.Throws<TemplateException>(() => TemplateFile.Of("frontend.liquid", text));

    [Fact]
    public void A_members_words_are_the_same_in_the_file_and_in_the_command_that_adds_it()
    {
        var set = Set(("server.liquid", "maxconn 3\n{% if server.zone == 'us-east-1b' %}backup{% endif %}\n"));
        var servers = Lines(Web, set).Where(line => line.StartsWith("  server ", StringComparison.Ordinal)).ToList();
        var (pool, spare) = (Web.Pools[0], Web.Pools[0].Members[1]);

        Assert.EndsWith(" maxconn 3", servers[0]);
        Assert.EndsWith(" maxconn 3 backup", servers[1]);
        Assert.Equal("maxconn 3 backup", new TemplatedSections(set, Web).WordsOf(pool, spare));
        Assert.Contains(
            " maxconn 3 backup pool-max-conn -1 ",
            ServerLine.AddCommand(new("pool", "i-2"), spare, pool, HAProxyCapabilities.None, "maxconn 3 backup"));
    }

    [Fact]
    public void What_one_has_not_and_others_have_is_false()
    {
        var member = Web.Pools[0].Members[0] with { Zone = null };
        var web = Web with
        {
            Pools = [Web.Pools[0] with { Members = [member], MemberPort = null }],
            Listeners = [Web.Listeners[0] with { DefaultAction = new PlannedAction.FixedResponse(404, "", "") }],
        };
        var set = Set(
            ("server.liquid", "maxconn {% if server.zone == 'us-east-1b' %}1{% else %}2{% endif %}\n"),
            ("frontend.rules.liquid", "  http-request set-header X-Pool {% if listener.pool %}some{% else %}none{% endif %}\n"),
            ("backend.rules.liquid", "  http-request set-header X-Port {% if pool.port %}one{% else %}many{% endif %}\n"));

        var text = Text(web, set);

        Assert.Contains(" maxconn 2\n", text);
        Assert.Contains("X-Pool none\n", text);
        Assert.Contains("X-Port many\n", text);
    }

    [Fact]
    public void A_section_of_an_operator_has_the_plain_defaults() => Assert.Contains(
        "\nbackend sorry.123456789012:us-east-1:web from base\n  http-request return status 200\n",
        Text(Web, Set(("sections.liquid", "backend sorry.{{ load_balancer.id }}\n  http-request return status 200\n"))));

    private static string Refusal(params (string Path, string Text)[] files) =>
        Assert.Throws<TemplateException>(() => Text(Web, Set(files))).Message;

    private static string Text(PlannedLoadBalancer loadBalancer, TemplateSet? templates) =>
        LoadBalancerSections.Render(loadBalancer, HAProxyCapabilities.None, threads: 2, templates: templates).Text;

    private static List<string> Lines(PlannedLoadBalancer loadBalancer, TemplateSet templates) =>
        [.. Text(loadBalancer, templates).Split('\n')];

    private static PlannedMember Member(string id, string address) =>
        new() { Target = id, Address = IPAddress.Parse(address), Port = TestInstance.Port, Weight = 1 };
}
