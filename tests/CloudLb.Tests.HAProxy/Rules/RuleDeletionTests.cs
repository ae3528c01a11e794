using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>A rule that is deleted by a hand-over, and what is changed at the same time.</summary>
public sealed class RuleDeletionTests
{
    private static readonly PlannedLoadBalancer Web = Plans.LoadBalancer("web");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deletion_and_a_change_that_comes_meanwhile_are_one_hand_over()
    {
        await using var running = await RunningDataPlane.StartAsync();
        await running.ApplyAsync(With("/one"));
        running.Changes.Raise();

        await running.DataPlane.ApplyAsync(Plans.Of(With()), Token);
        Assert.Equal(1, running.Generation);
        Assert.True(running.DataPlane.IsBehind);
        Assert.True(running.Changes.IsRaised);
        await running.Changes.WaitAsync(Eventually.Limit, Token);

        await running.ApplyAsync(With("/two"));
        Assert.Equal(2, running.Generation);
        await running.IsAloneAsync();
        using var kept = await KeptConnection.OpenAsync(Web);
        Assert.Equal((200, "/two"), await kept.GetAsync("/two"));
        Assert.NotEqual((200, "/one"), await kept.GetAsync("/one"));
    }

    [Fact]
    public async Task Constant_change_does_not_keep_a_deletion_from_its_hand_over()
    {
        await using var running = await RunningDataPlane.StartAsync();
        await running.ApplyAsync(With("/one"));

        await Eventually.IsTrueAsync(
            async () =>
            {
                running.Changes.Raise();
                await running.DataPlane.ApplyAsync(Plans.Of(With()), Token);
                return running.Generation == 2;
            },
            "a hand-over");
    }

    [Fact]
    public async Task A_deletion_alone_is_handed_over_in_the_same_pass()
    {
        await using var running = await RunningDataPlane.StartAsync();
        await running.ApplyAsync(With("/one"));
        running.Changes.TakeSince();

        await running.ApplyAsync(With());

        Assert.Equal(2, running.Generation);
        Assert.Contains(running.Log.Lines, line => line.Contains("handed over (rule deleted)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_rule_has_sent_to_a_group_that_goes_with_it_ends_in_its_own_time()
    {
        var clock = new TestClock();
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var draining = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(clock);
        var after = With();
        var pool = Plans.Pool(instance.Planned()) with { Name = "alone" };
        var before = after with
        {
            Pools = [pool, .. after.Pools],
            Listeners =
            [
                after.Listeners[0] with
                {
                    Rules = [new(1, [new PlannedCondition.Path([new("/talk")])], PlannedAction.Forward.To("alone"), [])],
                },
            ],
        };
        var other = Plans.LoadBalancer("other", draining.Planned());
        await running.ApplyAsync(before, other);
        await running.IsPassingAsync(other, "i-2");
        await Eventually.IsTrueAsync(
            async () => (await running.AskAsync("show stat -1 4 -1")).Split('\n').Count(line => line.Contains(",UP")) == 2, "both up");
        using var ofRule = await TestSocket.ConnectAsync(before);
        using var ofOther = await TestSocket.ConnectAsync(other);
        var until = clock.GetUtcNow() + TimeSpan.FromMinutes(5);

        await running.ApplyAsync(after, other.With(draining.Planned(until)));
        Assert.Equal(2, running.Generation);

        // Both are connections of the process before, which is told together what it is to cut.
        clock.StopAt(until + TimeSpan.FromSeconds(1));
        await ofOther.IsCutAsync();
        await ofRule.TalkAsync();
        await ofRule.TalkAsync();
    }

    private static PlannedLoadBalancer With(params string[] paths) => Web with
    {
        Listeners =
        [
            Web.Listeners[0] with
            {
                Rules =
                [
                    .. paths.Select((path, index) => new PlannedRule(
                        index + 1,
                        [new PlannedCondition.Path([new(path)])],
                        new PlannedAction.FixedResponse(200, "text/plain", path),
                        [])),
                ],
            },
        ],
    };
}
