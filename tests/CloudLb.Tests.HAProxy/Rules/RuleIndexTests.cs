using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Machine;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.HAProxy;

/// <summary>Many rules of hosts and paths, which HAProxy finds by a map: the first that is met counts as if each were looked at.</summary>
public sealed class RuleIndexTests
{
    private const int Listeners = 20, RulesEach = 14, RequestsEach = 40, FirstPort = 9000;

    private static readonly Gen<string> Host = Gen.Elements("a.test", "A.Test", "b.test", "c.test", "a.tes");

    private static readonly Gen<string> Path = Gen.Elements("", "a", "a/", "a/b", "ab", "a/b/c", "b", "A", "a/b~'@:+&$\"", "-", "ab/");

    private static readonly Gen<EquatableArray<PlannedPattern>> Hosts =
        Host.NonEmptyListOf().Resize(3).Select(texts => texts.Select(text => new PlannedPattern(text)).ToEquatableArray());

    private static readonly Gen<EquatableArray<PlannedPattern>> Paths =
        (from text in Path from end in Gen.Elements("", "*") select new PlannedPattern($"/{text}{end}")).NonEmptyListOf().Resize(3)
        .Select(patterns => patterns.ToEquatableArray());

    // Mostly such as a map holds, and now and then one that it does not, before, between or behind them.
    private static readonly Gen<EquatableArray<PlannedCondition>> Conditions = Gen.Frequency(
        (8, Paths.Select(EquatableArray<PlannedCondition> (paths) => [new PlannedCondition.Path(paths)])),
        (2, Hosts.Select(EquatableArray<PlannedCondition> (hosts) => [new PlannedCondition.Host(hosts)])),
        (6, from hosts in Hosts
            from paths in Paths
            select (EquatableArray<PlannedCondition>)[new PlannedCondition.Path(paths), new PlannedCondition.Host(hosts)]),
        (1, Gen.Constant((EquatableArray<PlannedCondition>)[new PlannedCondition.Method(["PUT"])])),
        (1, Gen.Constant((EquatableArray<PlannedCondition>)[new PlannedCondition.Host([new("*.test")])])),
        (1, Gen.Constant((EquatableArray<PlannedCondition>)[new PlannedCondition.Path([new("/?b*")])])));

    private static readonly Gen<RuleRequest> Request =
        from method in Gen.Frequency((9, Gen.Constant("GET")), (1, Gen.Constant("PUT")))
        from host in Gen.OneOf(Host, Gen.Elements("d.test", "0:", "a.test/a", "1:/a", "x?"))
        from port in Gen.Elements("", ":80")
        from path in Gen.OneOf(Path, Gen.Elements("./a", "%61", "x/../a", "%2e/%61/", "b/../../a", "a/b/..", "a%2Fb", "..%2fa"))
        from rest in Gen.Elements("", "/", "x", "/b", "~", "/.", "/../b")
        from query in Gen.Elements(null, "", "a=/b")
        select new RuleRequest(method, host + port, $"/{path}{rest}", query, []);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_that_is_met_is_found_of_those_that_ask_for_hosts_and_paths(bool isDecidedBefore)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = ApplicationPlans.LoadBalancer("web");
        var sets = Conditions.ListOf(RulesEach).Sample(Listeners, 20);
        web = web with
        {
            Listeners = sets.Select((set, number) => ApplicationPlans.Listener(FirstPort + number) with
            {
                Rules = set.Select((conditions, index) => new PlannedRule(
                    index + 1,
                    conditions,
                    new PlannedAction.FixedResponse(200, "text/plain", $"{index + 1}"),
                    isDecidedBefore ? [new PlannedRewrite(RewrittenPart.PathAndQuery, "^/never", "/a")] : [])).ToEquatableArray(),
                DefaultAction = new PlannedAction.FixedResponse(200, "text/plain", "none"),
            }).ToEquatableArray(),
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        Assert.NotEmpty(Directory.GetFiles(running.CellFile("rules")));

        var met = await RuleEvaluator.HoldAgainstAsync(web, Request, RequestsEach);

        Assert.True(met.Count > RulesEach / 2, string.Join(", ", met));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pools_answers_and_pools_with_nobody_in_service_are_found(bool isDecidedBefore)
    {
        await using var well = await TestInstance.StartAsync("i-1");
        await using var ill = await TestInstance.StartAsync("i-2", checkStatus: 500);
        await using var running = await RunningDataPlane.StartAsync();
        var before = Web(isDecidedBefore, "old", well, ill);
        var web = before with { Listeners = Web(isDecidedBefore, "new", well, ill).Listeners };
        await running.ApplyAsync(before);
        Assert.Empty(running.DataPlane.Faults);
        string[] paths = ["/well", "/ill/x", "/nobody", "/answer", "/answers", "/any/x"];
        var kept = new List<KeptConnection>();
        foreach (var _ in paths)
        {
            kept.Add(await KeptConnection.OpenAsync(before));
            Assert.Equal((200, "old"), await kept[^1].GetAsync("/answer"));
        }

        // Each of them is served by the process of before, which passes its next request on.
        await running.ApplyAsync(web);
        foreach (var (path, old) in paths.Zip(kept))
        {
            // Until that has read its signal it takes its share of what connects, too, and answers each connection once.
            using var now = await KeptConnection.OpenAsync(web);
            using var ended = old;
            var answer = await now.GetAsync(path);
            var expected = path switch
            {
                "/well" or "/any/x" => (200, "i-1"),
                "/ill/x" => (200, "i-2"),
                "/nobody" => (503, answer?.Body ?? ""),
                "/answer" => (200, "new"),
                _ => (200, "none"),
            };
            Assert.Equal(expected, answer);
            Assert.Equal(expected, await old.GetAsync(path));
        }

        using var another = await KeptConnection.OpenAsync(web);
        Assert.Equal((200, "i-1"), await another.AskAsync("GET /well HTTP/1.1\r\nHost: anything\r\n\r\n"));
        using var last = await KeptConnection.OpenAsync(web);
        Assert.Equal((200, "none"), await last.AskAsync("OPTIONS * HTTP/1.1\r\nHost: web\r\n\r\n"));
    }

    [Fact]
    public async Task The_maps_are_there_after_a_crash_and_go_with_their_rules()
    {
        await using var well = await TestInstance.StartAsync("i-1");
        await using var ill = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.PollInterval), "00:00:00.2"));
        var web = Web(isDecidedBefore: false, "one", well, ill);
        await running.ApplyAsync(web);
        running.Reconcile();
        var maps = Directory.GetFiles(running.CellFile("rules"));
        Assert.NotEmpty(maps);
        Array.ForEach(maps, File.Delete);
        var process = running.ProcessId;

        NativeMethods.Signal(process, NativeMethods.SignalKill);

        await Eventually.IsTrueAsync(() => running.ProcessId is var next && next != process && next != 0, "another process");
        await Eventually.IsTrueAsync(
            async () => (await RawClient.AskAsync(web, "GET /answer HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n"))
                .EndsWith("\r\n\r\none", StringComparison.Ordinal),
            "the rule's answer");
        await running.ApplyAsync(web with { Listeners = [web.Listeners[0] with { Rules = [] }] });
        Assert.Empty(Directory.GetFiles(running.CellFile("rules")));
    }

    private static PlannedLoadBalancer Web(bool isDecidedBefore, string answer, TestInstance well, TestInstance ill)
    {
        var web = ApplicationPlans.LoadBalancer("web", well.Planned()).Checked(Plans.FastProbe);
        var pool = web.Pools[0] with { FailsOpenBelow = 1 };
        PlannedRewrite[] rewrites = isDecidedBefore ? [new(RewrittenPart.PathAndQuery, "^/never", "/a")] : [];
        return web with
        {
            Listeners =
            [
                web.Listeners[0] with
                {
                    Rules =
                    [
                        Rule(1, "/well", PlannedAction.Forward.To("well")),
                        Rule(2, "/ill*", PlannedAction.Forward.To("ill")),
                        Rule(3, "/nobody", PlannedAction.Forward.To("nobody")),
                        Rule(4, "/answer", new PlannedAction.FixedResponse(200, "text/plain", answer)),
                        Rule(5, "/any/*", PlannedAction.Forward.To("well")),
                    ],
                    DefaultAction = new PlannedAction.FixedResponse(200, "text/plain", "none"),
                },
            ],
            Pools =
            [
                pool with { Name = "ill", Members = [ill.Planned()] },
                pool with { Name = "nobody", Members = [] },
                pool with { Name = "well", Members = [well.Planned()] },
            ],
            HealthPool = null,
        };

        PlannedRule Rule(int priority, string path, PlannedAction action) =>
            new(priority, [new PlannedCondition.Path([new(path)])], action, rewrites.ToEquatableArray());
    }
}
