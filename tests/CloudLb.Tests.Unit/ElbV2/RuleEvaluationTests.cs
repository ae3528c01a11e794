using System.Net;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.ElbV2.Domain;

namespace CloudLb.Tests.Unit.ElbV2;

/// <summary>AWS's rules by example.</summary>
public sealed class RuleEvaluationTests
{
    [Theory]
    [InlineData("/img/*", "/img", false)]
    [InlineData("/img/*", "/img/", true)]
    [InlineData("/img/*", "/img/a/b.c", true)]
    [InlineData("/a", "/a/", false)]
    [InlineData("/A", "/a", false)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("/a?c", "/abc", true)]
    [InlineData("/*b*c", "/abcbc", true)]
    [InlineData("/*b*c", "/abcbd", false)]
    [InlineData("**a", "a", true)]
    public void A_path_is_compared_as_a_whole_and_by_its_case(string pattern, string path, bool meets) =>
        Assert.Equal(meets, Meets(new() { Field = ConditionField.PathPattern, Values = [pattern] }, Request() with { Path = path }));

    [Theory]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/%61/%7E%2d%C3%A9%0a%3F%7f", "/a/~-%C3%A9%0a%3F%7f")]
    [InlineData("/%2561%2500%zz%4%", "/%61%2500%zz%4%")]
    [InlineData("/./a/./b/.", "/a/b/")]
    [InlineData("/a/../b/..", "/")]
    [InlineData("/a/b/c/../..", "/a/")]
    [InlineData("//a//../b", "//a/b")]
    [InlineData("/a%2Fb%2f%2e%2E/c", "/a/c")]
    [InlineData("/.../..a/.a", "/.../..a/.a")]
    [InlineData("/1/2/3/4/5/6/7/8/../../../../../../../../x", "/x")]
    [InlineData("/1/2/3/4/5/6/7/8/9/../../../../../../../../../x", null)]
    [InlineData("/..", null)]
    [InlineData("/a/..%2f../b", null)]
    [InlineData("/a%00/../b", null)]
    [InlineData("*", "*")]
    public void A_path_is_looked_at_as_what_it_says(string sent, string? expected) => Assert.Equal(expected, NormalizedPath.Of(sent));

    [Theory]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "A.B.EXAMPLE.com:8080", true)]
    [InlineData("example.com", "example.com.", false)]
    public void A_host_is_compared_without_its_port_whatever_its_case(string pattern, string host, bool meets) =>
        Assert.Equal(meets, Meets(new() { Field = ConditionField.HostHeader, Values = [pattern] }, Request() with { Host = host }));

    [Theory]
    [InlineData("v", "1", "v=1", true)]
    [InlineData("V", "A*", "x=y&v=abc", true)]
    [InlineData(null, "1", "x=1", true)]
    [InlineData(null, "1", "x=11", false)]
    [InlineData("v", @"\*", "v=*", true)]
    [InlineData("v", @"\*", "v=x", false)]
    [InlineData("v", @"a\?", "v=a?", true)]
    [InlineData("v", @"\\", @"v=\", true)]
    [InlineData("v", "", "v=", true)]
    [InlineData("v", "", "v", false)]
    [InlineData("v", "*", "v", false)]
    [InlineData(null, "v", "x&v", true)]
    [InlineData(null, "*", "", false)]
    public void A_pair_of_the_query_is_compared_whatever_its_case(string? key, string value, string query, bool meets) =>
        Assert.Equal(
            meets,
            Meets(new() { Field = ConditionField.QueryString, Pairs = [new(Value: value, Key: key)] }, Request() with { Query = query }));

    [Fact]
    public void Any_line_of_a_header_will_do_and_any_value()
    {
        var condition = new RuleCondition { Field = ConditionField.HttpHeader, HttpHeaderName = "X-Kind", Values = ["a*", "b"] };

        Assert.True(Meets(condition, Request() with { Headers = [new("x-kind", "z"), new("X-KIND", "B")] }));
        Assert.False(Meets(condition, Request() with { Headers = [new("x-kinds", "b")] }));
    }

    [Fact]
    public void Methods_go_by_their_case_and_sources_by_the_connection()
    {
        Assert.False(Meets(new() { Field = ConditionField.HttpRequestMethod, Values = ["GET"] }, Request() with { Method = "get" }));
        Assert.True(Meets(new() { Field = ConditionField.SourceIp, Values = ["10.0.0.0/8", "fd00::/8"] }, Request()));
        Assert.False(
            Meets(new() { Field = ConditionField.SourceIp, Values = ["10.0.0.0/8"] }, Request() with { Source = IPAddress.Loopback }));
    }

    [Fact]
    public void Of_the_rules_whose_conditions_all_hold_the_one_with_the_lowest_priority_decides()
    {
        var listener = Listener(
            Rule(
                10, new() { Field = ConditionField.PathPattern, Values = ["/a*"] },
                new() { Field = ConditionField.HttpRequestMethod, Values = ["PUT"] }),
            Rule(20, new RuleCondition { Field = ConditionField.PathPattern, Values = ["/a*"] }),
            Rule(30, new RuleCondition { Field = ConditionField.PathPattern, Values = ["/a*"] }));

        Assert.Equal(20, RuleEvaluation.Decide(listener, Request() with { Path = "/a" })?.Priority);
        Assert.Equal(10, RuleEvaluation.Decide(listener, Request() with { Path = "/a", Method = "PUT" })?.Priority);
        Assert.Null(RuleEvaluation.Decide(listener, Request() with { Path = "/b" }));
    }

    private static bool Meets(RuleCondition condition, ComparedRequest request) => RuleEvaluation.Meets(condition, request);

    private static ComparedRequest Request() =>
        new() { Method = "GET", Host = "example.com", Path = "/", Source = IPAddress.Parse("10.1.2.3") };

    private static Rule Rule(int priority, params RuleCondition[] conditions) => new()
    {
        Arn = Arn.OfLoadBalancer(new("123456789012"), "us-east-1", LoadBalancerType.Application, "web").NewListener().NewRule(),
        Priority = priority,
        Conditions = conditions.ToEquatableArray(),
        Actions = [],
    };

    private static Listener Listener(params Rule[] rules)
    {
        var arn = Arn.OfLoadBalancer(new("123456789012"), "us-east-1", LoadBalancerType.Application, "web").NewListener();
        return rules.Aggregate(
            new Listener
            {
                Arn = arn,
                Address = IPAddress.Loopback,
                Port = 80,
                Protocol = Protocol.HTTP,
                DefaultActions = [],
                DefaultRule = arn.NewRule(),
            },
            (listener, rule) => listener.WithRule(rule));
    }
}
