using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Told;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Status;

namespace CloudLb.Tests.Unit.ElbV2;

/// <summary>What is told of the way of a request that somebody thinks of.</summary>
public sealed class RouteReasonsTests
{
    private static readonly Arn Arn =
        Arn.Parse("arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/0123456789abcdef/0123456789abcdef");

    private static readonly Arn TrustStore =
        Arn.Parse("arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/clients/0123456789abcdef");

    [Theory]
    [InlineData("#{protocol}", "www.#{host}", "#{port}", "/new/#{path}", "#{query}", "/a/b", "c=d", "http://www.web.test:80/new/a/b?c=d")]
    [InlineData("HTTPS", "#{host}", "443", "/#{path}", "#{query}", "/", "", "https://web.test:443/")]
    [InlineData("HTTPS", "x.test", "8443", "/#{host}/#{port}", "p=#{path}&#{query}", "/a", "", "https://x.test:8443/web.test/80?p=a&")]
    [InlineData("HTTPS", "x.test", "443", "/#{path}", "", "/#{host}", "q", "https://x.test:443/#{host}")]
    public void A_redirect_is_told_with_what_the_request_has(
        string protocol, string host, string port, string path, string query, string asked, string askedQuery, string expected)
    {
        var redirect = new RedirectAction
        {
            StatusCode = "HTTP_301", Protocol = protocol, Host = host, Port = port, Path = path, Query = query,
        };

        var route = Follow(Listener(Protocol.HTTP, redirect), Request() with { Path = asked, Query = askedQuery });
        Assert.EndsWith($", which redirects it with 301 to {expected}.", route.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_request_that_is_rewritten_before_the_placeholders_are_told()
    {
        var redirect = new RedirectAction
        {
            StatusCode = "HTTP_302", Protocol = "#{protocol}", Host = "#{host}", Port = "444", Path = "/#{path}", Query = "#{query}",
        };
        var rule = new Rule
        {
            Arn = Arn, Priority = 1, Conditions = [], Actions = [redirect], Transforms = [new(IsOfHost: false, "^/a", "/b")],
        };

        var route = Follow(Listener(Protocol.HTTP, redirect) with { Rules = [rule] }, Request());
        Assert.EndsWith("redirects it with 302 to #{protocol}://#{host}:444/#{path}?#{query}.", route.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "leads to one of the trust store clients and is not revoked or out of date; without it the TLS handshake fails.")]
    [InlineData(true, "is not revoked (whether it is out of date is not looked at); without it the TLS handshake fails.")]
    [InlineData(null, "targets are told of whatever it shows; without one the request goes on.")]
    public void What_certificate_a_client_must_show_comes_first(bool? ignoresExpiry, string expected)
    {
        var mutual = ignoresExpiry is { } ignores
            ? new MutualAuthentication { TrustStore = TrustStore, IgnoresExpiry = ignores }
            : new MutualAuthentication();
        var listener = Listener(Protocol.HTTPS, new FixedResponseAction { StatusCode = "204" }) with
        {
            Tls = new() { CertificateId = "ASCA1", SslPolicy = "ELBSecurityPolicy-2016-08", MutualAuthentication = mutual },
        };

        Assert.EndsWith(expected, Follow(listener, Request() with { IsSecure = true }).Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x/../%62", "The request meets rule 1 ", "Rule 1 decides: the path matches '/b'.")]
    [InlineData("/%61", "The request meets the default rule ",
        "Rule 1 is passed over: it asks that the path matches '/b', and the path '/%61' is looked at as '/a'.")]
    [InlineData("/%2e./b", "The listener on port 80 refuses the request (400): ", null)]
    public void How_a_path_is_looked_at_is_told(string path, string summary, string? reason)
    {
        var answer = new FixedResponseAction { StatusCode = "204" };
        var condition = new RuleCondition { Field = ConditionField.PathPattern, Values = ["/b"] };
        var listener = Listener(Protocol.HTTP, answer) with
        {
            Rules = [new() { Arn = Arn, Priority = 1, Conditions = [condition], Actions = [answer] }],
        };

        var route = Follow(listener, Request() with { Path = path });
        Assert.StartsWith(summary, route.Summary, StringComparison.Ordinal);
        Assert.Equal(reason, route.Reasons.FirstOrDefault());
    }

    [Fact]
    public void A_listener_that_asks_for_none_tells_of_none() => Assert.Equal(
        ["No rule's conditions hold, so the default rule decides."],
        Follow(Listener(Protocol.HTTP, new FixedResponseAction { StatusCode = "204" }), Request()).Reasons);

    [Theory]
    [InlineData(Protocol.HTTP, "the answer is 503.")]
    [InlineData(Protocol.TLS, "the connection is closed.")]
    [InlineData(Protocol.UDP, "nobody is given it.")]
    public void Where_nobody_is_given_anything_what_happens_is_that_of_the_protocol(Protocol protocol, string expected)
    {
        var group = Arn.Parse("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef");
        var empty = Follow(Listener(protocol, new ForwardAction { TargetGroups = [new(group, 1)] }), Request());
        var none = Follow(Listener(protocol, new ForwardAction { TargetGroups = [new(group, 0), new(group, 0)] }), Request());

        Assert.EndsWith($"No target is registered with web: {expected}", empty.Reasons[^1], StringComparison.Ordinal);
        Assert.EndsWith($"as all weights are 0: {expected}", none.Summary, StringComparison.Ordinal);
        Assert.False(empty.IsAnswered || none.IsAnswered);
    }

    private static ToldRoute Follow(Listener listener, ToldRequest request) => RouteReasons.Follow(
        [listener], request, group => new(group.TargetGroup.Name, group.Weight, 0, 0), _ => throw new InvalidOperationException());

    private static Listener Listener(Protocol protocol, ListenerAction action) => new()
    {
        Arn = Arn, Address = IPAddress.Loopback, Port = 80, Protocol = protocol, DefaultActions = [action], DefaultRule = Arn,
    };

    private static ToldRequest Request() => new()
    {
        Method = "GET", IsSecure = false, Port = 80, Host = "web.test:80", Path = "/a", Query = "", Headers = [],
        Source = IPAddress.Loopback,
    };
}
