using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.HAProxy;

/// <summary>Rules that are found by maps come, go and change while the process runs.</summary>
public sealed class RuleMapTests
{
    private const int Changes = 15, RequestsEach = 15, Second = 8090;
    private const string Map = "rules/123456789012:us-east-1:web:8080.0";

    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly Gen<string> Host = Gen.Elements("a.test", "A.Test", "b.test", "c.test", "a.tes");

    private static readonly Gen<string> Path = Gen.Elements("", "a", "a/", "a/b", "ab", "a/b/c", "b", "A", "a/b~'@:+&$\"", "-", "a;<<");

    private static readonly Gen<PlannedCondition> Paths =
        (from text in Path from end in Gen.Elements("", "*") select new PlannedPattern($"/{text}{end}")).NonEmptyListOf().Resize(3)
        .Select(PlannedCondition (patterns) => new PlannedCondition.Path(patterns.ToEquatableArray()));

    private static readonly Gen<PlannedCondition> Hosts = Host.NonEmptyListOf().Resize(3)
        .Select(PlannedCondition (texts) => new PlannedCondition.Host(texts.Select(text => new PlannedPattern(text)).ToEquatableArray()));

    private static readonly Gen<RuleRequest> Request =
        from host in Gen.OneOf(Host, Gen.Elements("d.test", "a.test.b"))
        from port in Gen.Elements("", ":80")
        from path in Path
        from rest in Gen.Elements("", "/", "x", "/b")
        from query in Gen.Elements(null, "a=/b")
        select new RuleRequest("GET", host + port, $"/{path}{rest}", query, []);

    [Fact]
    public async Task They_are_as_a_plain_reading_has_them_without_a_hand_over_and_no_request_is_lost_or_meets_none()
    {
        await using var pools = await Pools.StartAsync();
        await using var running = await RunningDataPlane.StartAsync();
        var ofPaths = Sets(Paths.Select(EquatableArray<PlannedCondition> (paths) => [paths]), RuleOf("/steady"));
        var ofHosts = Sets(
            Gen.OneOf(
                Hosts.Select(EquatableArray<PlannedCondition> (hosts) => [hosts]),
                from hosts in Hosts from paths in Paths select (EquatableArray<PlannedCondition>)[paths, hosts]),
            RuleOf("/steady") with { Conditions = [new PlannedCondition.Host([new("web")])] });
        await running.ApplyAsync(pools.With(ofPaths[0], ofHosts[0]));
        Assert.Empty(running.DataPlane.Faults);
        using var stopping = new CancellationTokenSource();
        var loads = new[] { Plans.Port, Second }.Select(port => LoadAsync(pools.Web, port, stopping.Token)).ToList();

        var met = new HashSet<string>();
        foreach (var (paths, hosts) in ofPaths.Zip(ofHosts))
        {
            var web = pools.With(paths, hosts);
            await running.ApplyAsync(web);
            Assert.Equal(1, running.Generation);
            met.UnionWith((await RuleEvaluator.HoldAgainstAsync(web, Request, RequestsEach)).Keys);
        }

        await stopping.CancelAsync();
        Assert.All(await Task.WhenAll(loads), load => Assert.All(load, answer => Assert.True(answer is "200 a" or "200 b", answer)));
        Assert.Equal(["a", "b", "c", "none"], met.Order());
    }

    [Fact]
    public async Task They_hold_where_the_number_of_a_rule_is_found_first_and_for_bodies_in_chunks()
    {
        await using var pools = await Pools.StartAsync();
        await using var running = await RunningDataPlane.StartAsync();
        foreach (var (rules, generation) in new[]
        {
            ("/1 a, /2 b, /3 c, /4 a", 1), ("/1 b, /2 b, /3 c, /4 a", 1), ("/9 b, /2* b, /3 c, /4 a", 1),
            ("/9 b, /2* b, /3 c, /4 a, /5 c", 1), ("/9 b, /2* b, /3 c, /5 c", 2), ("/9 b, /2* b, /3 c, /7 c", 2),
        })
        {
            var set = rules.Split(", ").Select((rule, index) => RuleOf(rule.Split(' ')[0], rule.Split(' ')[1], index + 1) with
            {
                Rewrites = index == 0 ? [new(RewrittenPart.PathAndQuery, "^/never", "/a")] : [],
            }).ToList();
            await running.ApplyAsync(pools.With(set, set));
            Assert.Equal(generation, running.Generation);
            await running.IsAloneAsync();
            using var kept = await KeptConnection.OpenAsync(pools.Web);
            foreach (var path in (string[])["/1", "/2", "/2x", "/3", "/4", "/5", "/7", "/9"])
            {
                var request = new RuleRequest("GET", "web", path, null, []);
                var rule = RuleEvaluator.Find(pools.With(set, set).Listeners[0], request);
                var expected = (200, rule?.Action is PlannedAction.Forward forward ? forward.Pools[0].Pool : "none");
                Assert.Equal(expected, await kept.GetAsync(path));
                Assert.Equal(
                    expected,
                    await kept.AskAsync($"POST {path} HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"));
            }
        }
    }

    [Fact]
    public async Task Many_are_there_after_a_crash_of_CloudLb_and_of_HAProxy_and_after_a_hand_over()
    {
        await using var pools = await Pools.StartAsync();
        var before = await RunningDataPlane.StartAsync();
        List<PlannedRule> few = [.. Enumerable.Range(1, 5).Select(number => RuleOf($"/{number}", "a", number))];
        List<PlannedRule> many = [.. Enumerable.Range(1, 100).Select(Long)];
        await before.ApplyAsync(pools.With(few, few));
        await before.ApplyAsync(pools.With(many, few));
        await AnswersAsync();
        Assert.Equal(1, before.Generation);
        await before.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(before.Directory);
        await running.ApplyAsync(pools.With(many, few));
        Assert.Equal(1, running.Generation);
        await AnswersAsync();

        TestRequests.Kill(running.ProcessId);
        await Eventually.IsTrueAsync(
            async () =>
            {
                await running.TryApplyAsync(pools.With(many, few));
                return running.Generation == 2 && running.ProcessId != 0;
            },
            "another process runs");
        await AnswersAsync();

        await running.ApplyAsync(pools.With(many, few, TimeSpan.FromSeconds(77)));
        await running.IsAloneAsync();
        Assert.Equal(3, running.Generation);
        await AnswersAsync();

        async Task AnswersAsync()
        {
            using var kept = await KeptConnection.OpenAsync(pools.Web);
            Assert.Equal((200, "none"), await kept.GetAsync("/1"));
            foreach (var number in (int[])[1, 50, 100])
            {
                var paths = ((PlannedCondition.Path)many[number - 1].Conditions[0]).Patterns;
                Assert.Equal((200, Names[number % 3]), await kept.GetAsync(paths[^1].Text));
            }
        }
    }

    [Fact]
    public async Task What_a_CloudLb_had_not_written_down_when_it_was_killed_is_put_right_by_the_next_one()
    {
        await using var pools = await Pools.StartAsync();
        var before = await RunningDataPlane.StartAsync();
        List<PlannedRule> rules = [.. Enumerable.Range(1, 5).Select(number => RuleOf($"/{number}", "a", number))];
        await before.ApplyAsync(pools.With(rules, rules));
        Assert.Equal("", await before.AskAsync($"set map {Map} /1? 123456789012:us-east-1:web:b"));
        await before.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(before.Directory);
        await running.ApplyAsync(pools.With(rules, rules));
        await running.IsAloneAsync();

        Assert.Equal(2, running.Generation);
        using var kept = await KeptConnection.OpenAsync(pools.Web);
        Assert.Equal((200, "a"), await kept.GetAsync("/1"));
    }

    [Theory]
    [InlineData($"clear map {Map}")]
    [InlineData($"add map {Map} /x? 123456789012:us-east-1:web:b")]
    public async Task What_is_changed_by_hand_is_put_right(string command)
    {
        var clock = new TestClock();
        await using var pools = await Pools.StartAsync();
        await using var running = await RunningDataPlane.StartAsync(clock, null, (nameof(HAProxyOptions.PollInterval), "00:00:00.2"));
        List<PlannedRule> rules = [.. Enumerable.Range(1, 5).Select(number => RuleOf($"/{number}", "a", number))];
        await running.ApplyAsync(pools.With(rules, rules));

        await running.DriftAsync(clock, command, Map);

        await Eventually.IsTrueAsync(
            async () => (await running.AskAsync($"show map {Map}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 5,
            "the entries are back");
    }

    /// <summary>Of rules by chance, the first of them for what is asked all the time.</summary>
    private static List<List<PlannedRule>> Sets(Gen<EquatableArray<PlannedCondition>> conditions, PlannedRule steady) =>
        (from count in Gen.Choose(RuleCount.Fewest, RuleCount.Most)
            from rules in (from each in conditions from pool in Gen.Elements(Names) select (each, pool)).ListOf(count)
            from pool in Gen.Elements("a", "b")
            select (List<PlannedRule>)[
                steady with { Action = PlannedAction.Forward.To(pool) },
                .. rules.Select((rule, index) => new PlannedRule(index + 2, rule.each, PlannedAction.Forward.To(rule.pool), [])),
            ]).Sample(Changes, 20).ToList();

    private static PlannedRule RuleOf(string path, string pool = "a", int priority = 1) =>
        new(priority, [new PlannedCondition.Path([new(path)])], PlannedAction.Forward.To(pool), []);

    /// <summary>With all of the values that a rule has, each as long as one can be.</summary>
    private static PlannedRule Long(int number) => RuleOf("", Names[number % 3], number) with
    {
        Conditions =
        [
            new PlannedCondition.Path(
                [.. Enumerable.Range(1, 5).Select(value => new PlannedPattern($"/{number}/{value}/".PadRight(128, 'x')))]),
        ],
    };

    /// <summary>Asks without a pause, now over a kept connection and now over a new one; what was answered.</summary>
    private static async Task<List<string>> LoadAsync(PlannedLoadBalancer web, int port, CancellationToken stopping)
    {
        var answers = new List<string>();
        while (!stopping.IsCancellationRequested)
        {
            using var connection = await KeptConnection.OpenAsync(web, port);
            for (var request = 0; request < 20 && !stopping.IsCancellationRequested; request++)
            {
                var answer = await connection.GetAsync("/steady");
                answers.Add($"{answer?.Status} {answer?.Body}");
            }
        }

        return answers;
    }

    private static class RuleCount
    {
        public const int Fewest = 4, Most = 14;
    }

    /// <summary>Two listeners of a load balancer, whose rules send to pools of an instance each, which answers with its name.</summary>
    private sealed class Pools(IReadOnlyList<TestInstance> instances) : IAsyncDisposable
    {
        public PlannedLoadBalancer Web { get; } = Plans.LoadBalancer("web") with
        {
            HealthPool = null,
            Pools = instances.Select(instance => Plans.Pool() with
            {
                Name = instance.Id, Probe = Plans.FastProbe, FailsOpenBelow = 1, Members = [instance.Planned()],
            }).ToEquatableArray(),
        };

        public static async Task<Pools> StartAsync() =>
            new([await TestInstance.StartAsync("a"), await TestInstance.StartAsync("b"), await TestInstance.StartAsync("c")]);

        public PlannedLoadBalancer With(IEnumerable<PlannedRule> first, IEnumerable<PlannedRule> second, TimeSpan? idle = null) =>
            Web with { Listeners = [Listener(Plans.Port, first, idle), Listener(Second, second, idle)] };

        public async ValueTask DisposeAsync()
        {
            foreach (var instance in instances)
            {
                await instance.DisposeAsync();
            }
        }

        private static PlannedListener Listener(int port, IEnumerable<PlannedRule> rules, TimeSpan? idle)
        {
            var listener = Plans.Listener(port);
            return listener with
            {
                IdleTimeout = idle ?? listener.IdleTimeout,
                Rules = rules.ToEquatableArray(),
                DefaultAction = new PlannedAction.FixedResponse(200, "text/plain", "none"),
            };
        }
    }
}
