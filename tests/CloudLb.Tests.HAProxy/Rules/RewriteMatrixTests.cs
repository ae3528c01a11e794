using System.Text.RegularExpressions;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.HAProxy;

/// <summary>For hundreds of requests HAProxy makes of host and address what a plain reading of the rewrites makes of them.</summary>
public sealed class RewriteMatrixTests
{
    private const int Listeners = 24, RequestsEach = 20, FirstPort = 9200;

    private static readonly (string Expression, string Replacement)[] Addresses =
    [
        ("^/(.*)$", "/n/$1"), ("a", "$0$0"), ("(a|b)", "-$1-"), ("^/[^/]{2,}b", "/q"), ("img|x\\.y", "z"), ("\\?.*$", ""), ("\\?", "/"),
        ("^/a*(b?)", "/$1?"), ("^/", "/A?"), ("^", "/p"), ("$", "e"), ("(x)?b", "<$1>"), ("^.", ""), ("(.)(.)$", "$2$1"),
        ("A|=", "%20"), ("^/none", "none"),
    ];

    private static readonly (string Expression, string Replacement)[] Hosts =
    [
        ("^h(.*)$", "$1.test"), ("A", "$0$0"), ("(a|b)", "-$1-"), ("\\.", "-"), (":80$", ""), ("(:\\d+)?$", ":81"), ("^h", "/"),
        ("^.*$", ""),
        ("img|x\\.y", "z"),
    ];

    private static readonly Gen<string> Plain = Gen.Elements("a", "b", "ab", "A", "img", "x.y", "aab", "ba", "")
        .ListOf(2)
        .Select(string.Concat);

    private static readonly Gen<PlannedRewrite[]> Rewrites = Gen.OneOf(
        Of(RewrittenPart.PathAndQuery, Addresses).Select(rewrite => new[] { rewrite }),
        Of(RewrittenPart.Host, Hosts).Select(rewrite => new[] { rewrite }),
        from host in Of(RewrittenPart.Host, Hosts)
        from address in Of(RewrittenPart.PathAndQuery, Addresses)
        select new[] { host, address });

    private static readonly Gen<PlannedCondition> Condition = Gen.OneOf(
        Gen.Elements("/a*", "/*b*", "/?*", "/*").Select(PlannedCondition (text) => new PlannedCondition.Path([new(text)])),
        Gen.Elements("^.a", "b", "[^/]{2,}").Select(PlannedCondition (text) => new PlannedCondition.Path([new(text, IsExpression: true)])),
        Gen.Elements("h*", "ha*", "*b").Select(PlannedCondition (text) => new PlannedCondition.Host([new(text)])));

    private static readonly Gen<RuleRequest> Request =
        from host in Plain
        from port in Gen.Elements("", ":80")
        from path in Plain
        from query in Gen.OneOf(
            Gen.Constant((string?)null), Plain.Select(text => (string?)$"a={text}"), Plain.Select(text => (string?)text))
        select new RuleRequest("GET", $"h{host}{port}", $"/{path}", query, []);

    [Fact]
    public async Task Each_becomes_what_the_rewrites_of_its_rule_say()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = ApplicationPlans.LoadBalancer("web");
        var rules = (
            from condition in Condition
            from rewrites in Rewrites
            select (condition, rewrites)).ListOf(3).Sample(Listeners, 20);
        web = web with
        {
            Listeners = rules.Select((set, number) => ApplicationPlans.Listener(FirstPort + number) with
            {
                Rules = set.Select((rule, index) =>
                    new PlannedRule(index + 1, [rule.condition], Moved($"/{index + 1}"), rule.rewrites.ToEquatableArray()))
                    .ToEquatableArray(),
                DefaultAction = Moved("/none"),
            }).ToEquatableArray(),
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);

        var (moved, refused, rewritten) = (0, 0, 0);
        foreach (var listener in web.Listeners)
        {
            foreach (var request in Request.Sample(RequestsEach, 20))
            {
                var rule = RuleEvaluator.Find(listener, request);
                var expected = Expected(rule, request);
                var answer = await RawClient.AskAtAsync(
                    web, listener.Port, request.Text.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
                var actual = Regex.Match(answer, "(?i)\r\nlocation: ([^\r]*)\r\n") is { Success: true, Groups: var groups }
                    ? groups[1].Value
                    : answer.Split(' ')[1];
                Assert.True(
                    expected == actual,
                    $"Expected {expected} and not {actual} for\n{request.Text}of {string.Join(", ", rule?.Rewrites ?? [])}");
                moved++;
                refused += expected == "500" ? 1 : 0;
                rewritten += expected != Expected(rule is null ? null : rule with { Rewrites = [] }, request) ? 1 : 0;
            }
        }

        // What comes to the same without rewrites would show little.
        Assert.True(
            rewritten > moved / 4 && refused > 0 && refused < moved / 2, $"{moved} moved, {rewritten} rewritten, {refused} refused");
    }

    /// <summary>Where the client is sent; the status where what it asked for becomes no address.</summary>
    private static string Expected(PlannedRule? rule, RuleRequest request)
    {
        var (host, address) = (request.Host, request.Path + (request.Query is { } asked ? $"?{asked}" : ""));
        foreach (var rewrite in rule?.Rewrites ?? [])
        {
            var isHost = rewrite.Part == RewrittenPart.Host;
            var options = isHost ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.None;
            var expression = new Regex(rewrite.Expression, options);
            if (isHost)
            {
                host = expression.Replace(host, rewrite.Replacement, 1);
            }
            else
            {
                address = expression.Replace(address, rewrite.Replacement, 1);
            }
        }

        if (!Regex.IsMatch(host, "^[A-Za-z0-9._:\\[\\]-]+$") || !address.StartsWith('/'))
        {
            return "500";
        }

        var (path, query) = address.Split('?', 2) is [var before, var after] ? (before, after) : (address, "");
        return $"http://{host.Split(':')[0]}:1/{rule?.Priority.ToString() ?? "none"}{path}{(query.Length > 0 ? $"?{query}" : "")}";
    }

    private static Gen<PlannedRewrite> Of(RewrittenPart part, (string Expression, string Replacement)[] pairs) =>
        Gen.Elements(pairs).Select(pair => new PlannedRewrite(part, pair.Expression, pair.Replacement));

    private static PlannedAction.Redirect Moved(string before) => new(302, "HTTP", "#{host}", "1", $"{before}/#{{path}}", "#{query}");
}
