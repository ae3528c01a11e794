using CloudLb.Core.Traffic.Planning;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Planning;
using CloudLb.Tests.Unit.Inventory;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Planning;

public sealed class ClassicPlanSourceTests : IDisposable
{
    private readonly MemoryResources _store = new();
    private readonly FileInventory _file;
    private readonly ClassicPlanSource _source;

    public ClassicPlanSourceTests()
    {
        _file = new(_store);
        _source = new(_store, _file.Inventory);
        _store.Keep(Sample.LoadBalancer("api", "127.0.64.2"));
        _store.Keep(Sample.LoadBalancer().WithInstances([Sample.Instance("i-1")], Sample.Quotas));
    }

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Without_a_change_every_plan_is_the_same_object_as_before()
    {
        var before = Plan();

        Assert.All(Plan(), planned => Assert.Same(before[planned.Key], planned.Value));
    }

    [Fact]
    public void A_changed_load_balancer_is_planned_anew_and_the_others_stay_the_same_objects()
    {
        var before = Plan();
        _store.Keep(_store.Current.LoadBalancers.Get(Sample.Key()).WithoutInstances(["i-1"], Sample.Noon));
        var after = Plan();

        Assert.Empty(after[Sample.Key().ToId()].Pools[0].Members);
        Assert.Same(before[Sample.Key("api").ToId()], after[Sample.Key("api").ToId()]);
    }

    [Fact]
    public void A_change_that_does_not_touch_the_traffic_leaves_the_same_object()
    {
        var before = Plan();
        _store.Keep(_store.Current.LoadBalancers.Get(Sample.Key()).WithTags([new("k", "v")], Sample.Quotas));

        Assert.Same(before[Sample.Key().ToId()], Plan()[Sample.Key().ToId()]);
    }

    [Fact]
    public async Task A_changed_inventory_touches_those_alone_whose_instances_it_names()
    {
        var before = Plan();
        await _file.WriteAsync("""{ "i-1": "10.0.0.11" }""");
        var after = Plan();

        Assert.Equal("10.0.0.11", after[Sample.Key().ToId()].Pools[0].Members[0].Address.ToString());
        Assert.Same(before[Sample.Key("api").ToId()], after[Sample.Key("api").ToId()]);
    }

    [Fact]
    public async Task A_deleted_load_balancer_is_forgotten()
    {
        Plan();
        await _store.DeleteAsync(Sample.Key(), TestContext.Current.CancellationToken);
        Assert.Equal([Sample.Key("api").ToId()], Plan().Keys);

        _store.Keep(Sample.LoadBalancer());
        Assert.Empty(Plan()[Sample.Key().ToId()].Pools[0].Members);
    }

    [Fact]
    public void The_plans_of_all_sources_stand_in_the_order_of_their_keys_and_compare_by_content()
    {
        var plan = TrafficPlan.Merge([_source]);

        Assert.Equal(["api", "web"], plan.LoadBalancers.Select(planned => planned.Id.Name));
        Assert.Equal(plan, TrafficPlan.Merge([new ClassicPlanSource(_store, _file.Inventory)]));
        Assert.Equal(TrafficPlan.Empty, TrafficPlan.Merge([]));
    }

    private Dictionary<LoadBalancerId, PlannedLoadBalancer> Plan() => _source.Plan().ToDictionary(planned => planned.Id);
}
