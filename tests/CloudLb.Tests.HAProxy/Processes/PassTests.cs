using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudLb.Tests.HAProxy;

/// <summary>How often everything is looked at: what wakes the reconciler without need takes the processor from calls and traffic.</summary>
public class PassTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_one_pass()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var source = new CountedSource();
        using var reconciler = new Reconciler(
            [source], running.DataPlane, running.Changes,
            Options.Create(new ReconcilerOptions { ResyncInterval = TimeSpan.FromMinutes(10) }), TimeProvider.System,
            NullLogger<Reconciler>.Instance);
        await reconciler.StartAsync(Token);
        await reconciler.FirstPass;
        await IsAtRestAsync(running, reconciler);
        var asked = source.Asked;

        // A hand-over with what its first checks bring, members that join and leave, and the end.
        var web = Plans.LoadBalancer("web", first.Planned());
        foreach (var plan in (
            PlannedLoadBalancer[][])[[web], [web.With(first.Planned(), second.Planned())], [web.With(second.Planned())], []])
        {
            source.Planned = plan;
            running.Changes.Raise();
            await Eventually.IsTrueAsync(() => source.Asked > asked, "a pass");
            await IsAtRestAsync(running, reconciler);
            foreach (var member in plan.SelectMany(each => each.Pools[0].Members))
            {
                await running.IsPassingAsync(web, member.Target);
            }

            await IsAtRestAsync(running, reconciler);
            Assert.Equal(++asked, source.Asked);
        }

        await reconciler.StopAsync(Token);
    }

    [Fact]
    public async Task What_was_raised_before_somebody_looks_needs_no_other_look()
    {
        using var changes = new ChangeSignal();
        changes.Raise();
        Assert.True(changes.IsRaised);
        Assert.NotNull(changes.TakeSince());
        Assert.False(changes.IsRaised);
        var wait = changes.WaitAsync(TimeSpan.FromMinutes(10), Token);
        Assert.False(wait.IsCompleted);
        changes.Raise();
        await wait;
        Assert.True(changes.IsRaised);
    }

    private static Task IsAtRestAsync(RunningDataPlane running, Reconciler reconciler) =>
        Eventually.IsTrueAsync(() => !running.Changes.IsRaised && reconciler.CurrentPass is null, "the reconciler at rest");

    private sealed class CountedSource : IPlanSource
    {
        private int _asked;

        public IReadOnlyList<PlannedLoadBalancer> Planned { get; set; } = [];

        public int Asked => Volatile.Read(ref _asked);

        public IReadOnlyList<PlannedLoadBalancer> Plan()
        {
            Interlocked.Increment(ref _asked);
            return Planned;
        }
    }
}
