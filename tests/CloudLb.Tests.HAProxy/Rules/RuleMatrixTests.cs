using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.HAProxy;

/// <summary>For a thousand rules and requests HAProxy comes to what a plain reading of AWS's rules comes to.</summary>
public sealed class RuleMatrixTests
{
    private const int Listeners = 40, RequestsEach = 25, FirstPort = 9000;

    private static readonly string[] Texts = ["a", "b", "ab", "A", "img", "x.y", "*", "?", "a*", "*b", "*a*b*", "a?", "**", "?*a"];

    private static readonly string[] Expressions =
    [
        "a+b", "^.a", "(img|x\\.y)$", "a.*b", "[^/]{2,}b", "^h?(a|ab)", ":80$", "A[a-b]?$", "^/(a|b)*$", "ab|ba", "\\bab", "x.y.*a.*b?$",
    ];

    private static readonly Gen<string> Pattern =
        Gen.Elements(Texts).ListOf(2).Select(parts => string.Concat(parts)).Where(text => text.Length <= 12);

    private static readonly Gen<string> Plain = Gen.Elements("a", "b", "ab", "A", "img", "x.y", "aab", "ba", "")
        .ListOf(2)
        .Select(string.Concat);

    // What says a path in another way, or is no path.
    private static readonly Gen<string> Parts = Gen.Elements(
            "a", "b", "/", "/./", "/../", "/..", "/.", "%61", "%62", "%2e%2E", "%2F", "%2f..", "x.y", "x%2Ey", "%41", ".", "%zz", "%",
            "%3F", "%0a", "%00", "%25", "%2561", "%20", "img/a/b/../..", "//")
        .ListOf(3)
        .Select(string.Concat);

    private static readonly Gen<PlannedCondition> Condition = Gen.OneOf(
        Patterns("").Select(PlannedCondition (patterns) => new PlannedCondition.Host(patterns)),
        Patterns("/").Select(PlannedCondition (patterns) => new PlannedCondition.Path(patterns)),
        from name in Gen.Elements("X-One", "x-two")
        from patterns in Patterns("")
        select (PlannedCondition)new PlannedCondition.Header(name, patterns),
        Gen.SubListOf("GET", "POST", "PUT").Where(methods => methods.Any())
            .Select(PlannedCondition (methods) => new PlannedCondition.Method(methods.ToEquatableArray())),
        (from key in Gen.OneOf(Gen.Constant((string?)null), Gen.Elements("a", "ab", "A*", @"a\*", "?").Select(key => (string?)key))
            from value in Gen.OneOf(Pattern, Gen.Elements(@"a\*", @"\?b", @"\\", "a%20b"))
            select new PlannedQueryPair(key, value)).ListOf(2)
            .Select(PlannedCondition (pairs) => new PlannedCondition.Query(pairs.ToEquatableArray())),
        Gen.Elements("127.0.0.0/8", "127.0.0.1/32", "10.0.0.0/8", "::/0")
            .Select(PlannedCondition (network) => new PlannedCondition.Source([network])));

    private static readonly Gen<RuleRequest> Request =
        from method in Gen.Elements("GET", "POST", "DELETE")
        from host in Plain
        from port in Gen.Elements("", ":80")
        from path in Gen.Frequency((2, Plain), (1, Parts))
        from query in Gen.OneOf(
            Gen.Constant((string?)null),
            (from key in Gen.Elements("a", "ab", "AB", "a*", "b")
                from value in Gen.OneOf(Plain, Gen.Elements("a*", "?b", @"\", "A%20b"))
                select $"{key}={value}").ListOf(2).Select(pairs => (string?)string.Join('&', pairs)),
            Plain.Select(text => (string?)text))
        from headers in (from name in Gen.Elements("X-One", "X-Two", "x-two")
            from value in Plain
            select (name, value)).ListOf(2)
        select new RuleRequest(method, $"h{host}{port}", $"/{path}", query, [.. headers]);

    /// <summary>Also where every request comes to the listener's own lines, as of one that hides the server's name.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_thousand_each_meets_the_same_rule(bool seesAll)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = ApplicationPlans.LoadBalancer("web");
        var rules = Rule(1).ListOf(6).Sample(Listeners, 20);
        web = web with
        {
            Listeners = rules.Select((set, number) => ApplicationPlans.Listener(FirstPort + number) with
            {
                Rules = set.Select((rule, index) => rule with { Priority = index + 1, Action = Answer($"{index + 1}") }).ToEquatableArray(),
                DefaultAction = Answer("none"),
            }).ToEquatableArray(),
        };
        web = web.With(http => http with { HidesServer = seesAll });
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);

        var met = await RuleEvaluator.HoldAgainstAsync(web, Request, RequestsEach);

        // What always comes to the same would show little.
        Assert.True(met.Count >= 5 && met.Values.Max() < Listeners * RequestsEach * 0.9, string.Join(", ", met));
    }

    private static Gen<EquatableArray<PlannedPattern>> Patterns(string before) => Gen.Frequency(
        (3, Pattern.ListOf(2).Select(
            texts => texts.Select(text => new PlannedPattern(before + (before == "" ? "h" : "") + text)).ToEquatableArray())),
        (1, Gen.Elements(Expressions).ListOf(2).Select(
            texts => texts.Select(text => new PlannedPattern(text, IsExpression: true)).ToEquatableArray())));

    private static Gen<PlannedRule> Rule(int priority) =>
        from count in Gen.Choose(1, 2)
        from conditions in Condition.ListOf(count)
        select new PlannedRule(priority, conditions.ToEquatableArray(), Answer(""));

    private static PlannedAction.FixedResponse Answer(string body) => new(200, "text/plain", body);
}
