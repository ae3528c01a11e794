using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.State;

namespace CloudLb.Tests.HAProxy;

public sealed class CellStateTests
{
    private static readonly PlannedLoadBalancer Web = Plans.LoadBalancer("web");

    [Fact]
    public void Changes_that_come_at_once_are_all_there()
    {
        var state = new CurrentState();
        var plans = Enumerable.Range(0, 500).Select(number => Plans.LoadBalancer($"web-{number}")).ToList();

        Parallel.ForEach(plans, plan =>
        {
            state.Change(before => before.Plan(plan.Id, plan));
            state.Change(plan.Id, entry => entry with { Target = plan });
            state.Change(before => before with { Generation = before.Generation + 1 });
        });

        Assert.Equal(plans.OrderBy(plan => plan.Id), state.Now.Targets);
        Assert.Equal((500, 500, 500L), (state.Now.Entries.Count, state.Now.Changed.Count, state.Now.Generation));
    }

    [Fact]
    public void What_was_read_stays_as_it_was_whatever_changes_afterwards()
    {
        var state = new CurrentState();
        state.Change(before => before.Plan(Web.Id, Web));
        var read = state.Now;

        state.Change(Web.Id, entry => entry with { Target = Web, Served = Web });
        state.Change(before => before.Without(Web.Id));

        Assert.Equal((1, 0), (read.Entries.Count, state.Now.Entries.Count));
        Assert.Equal((Web, null, null), (read.Find(Web.Id)!.Planned, read.Find(Web.Id)!.Target, read.Find(Web.Id)!.Served));
        Assert.Contains(Web.Id, read.Changed);
    }

    [Fact]
    public void A_load_balancer_that_is_gone_is_not_brought_back_by_a_change_to_it()
    {
        var state = new CurrentState();

        state.Change(Web.Id, entry => entry with { Target = Web });

        Assert.Empty(state.Now.Entries);
    }

    [Fact]
    public void What_is_settled_is_served_as_it_was_to_be_and_needs_no_other_look()
    {
        var state = CellState.Empty.Plan(Web.Id, Web);
        Assert.True(state.HasNew);

        var settled = state.With(state.Find(Web.Id)! with { Target = Web }).Settle(Web.Id);

        Assert.Equal(Web, Assert.Single(settled.Served));
        Assert.Empty(settled.Changed);
        Assert.False(settled.HasNew);
    }

    [Fact]
    public void The_pool_that_tells_health_is_that_of_the_latest_plan()
    {
        var before = new CellEntry(Web.Id).Plan(Web);
        var after = before.Plan(Web with { HealthPool = "other" });

        Assert.Equal((Web.HealthPool, "other"), (before.HealthPool!.Of.HealthPool, after.HealthPool!.Of.HealthPool));
        Assert.Null(after.Plan(null).HealthPool);
    }
}
