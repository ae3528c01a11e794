using System.Net;
using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Core.Traffic.Health;
using CloudLb.Elb.Health;
using CloudLb.Elb.Planning;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Health;
using CloudLb.ElbV2.Mapping;
using CloudLb.Tests.Unit.Health;
using Microsoft.Extensions.Logging.Abstractions;
using Classic = CloudLb.Elb.Domain;
using Sample = CloudLb.Tests.Unit.LoadBalancers.Sample;

namespace CloudLb.Tests.Unit.Ec2.Endpoint;

/// <summary>What comes of instances that an endpoint says are stopped or terminated.</summary>
public sealed class InstanceStateTests : IAsyncLifetime
{
    private static readonly Arn Group =
        Arn.Parse("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef");

    private InventoryRig _rig = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = await InventoryRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData("stopped", 80)]
    [InlineData("stopping", 64)]
    public async Task A_stopped_instance_gets_no_traffic_until_it_runs(string state, int code)
    {
        var (_, inventory) = _rig.Make();
        var kept = _rig.Store.Keep(
            Sample.LoadBalancer().WithInstances([Sample.Instance("i-1"), Sample.Instance("i-2", "10.0.0.2")], Sample.Quotas));
        Answer(("i-1", "10.0.0.1", state, code), ("i-2", "10.0.0.2", "running", 16));
        await inventory.LookUpAsync(["i-1", "i-2"], Token);
        var plans = new ClassicPlanSource(_rig.Store, inventory);

        Assert.Equal(["i-2"], plans.Plan().Single().Pools.Single().Members.Select(member => member.Target));
        Assert.Equal(
            new(InstanceState.OutOfService, "Instance", "Instance is in stopped state."), HealthOf(kept, inventory, "i-1"));
        Assert.Equal(InstanceHealth.InService, HealthOf(kept, inventory, "i-2"));

        // Who names it asks once more, as it may have been started a moment ago; nobody asks for the other one.
        Answer(("i-1", "10.0.0.1", "running", 16));
        await inventory.LookUpAsync(["i-1", "i-2"], Token);
        Assert.Equal(["i-1", "i-2"], plans.Plan().Single().Pools.Single().Members.Select(member => member.Target));
        Assert.Equal(InstanceHealth.InService, HealthOf(kept, inventory, "i-1"));
        Assert.Equal(2, _rig.Ec2.CountOf("DescribeInstances"));
    }

    [Fact]
    public async Task What_is_stopped_is_known_to_be_over_a_restart_and_no_error_while_the_endpoint_is_away()
    {
        _rig.Store.Keep(Sample.LoadBalancer().WithInstances([Sample.Instance("i-1")], Sample.Quotas));
        Answer(("i-1", "10.0.0.1", "stopped", 80));
        var (first, _) = _rig.Make();
        await first.StartAsync(Token);
        while (!File.Exists(_rig.KeptFile))
        {
            await Task.Delay(10, Token);
        }

        await first.StopAsync(Token);
        _rig.Ec2.Answer = _ => (500, "");
        var (second, inventory) = _rig.Make();
        second.ReadAtStart();
        await inventory.LookUpAsync(["i-1"], Token);

        Assert.True(inventory.IsStopped("i-1"));
        Assert.Equal(IPAddress.Parse("10.0.0.1"), inventory.Known("i-1")!.Address);
    }

    [Fact]
    public async Task The_file_wins()
    {
        await File.WriteAllTextAsync(_rig.InventoryFile, """{ "i-1": "10.9.9.9" }""", Token);
        var (_, inventory) = _rig.Make();
        Answer(("i-1", "10.0.0.1", "stopped", 80));
        await inventory.LookUpAsync(["i-1"], Token);

        Assert.False(((IInventory)inventory).IsOff("i-1"));
    }

    [Theory]
    [InlineData("stopped", 80)]
    [InlineData("terminated", 48)]
    [InlineData("pending", 0)]
    public async Task A_target_group_takes_no_instance_that_does_not_run(string state, int code)
    {
        var (_, inventory) = _rig.Make();
        Answer(("i-1", state == "terminated" ? null : "10.0.0.1", state, code), ("i-2", "10.0.0.2", "running", 16));

        var refusal = await Assert.ThrowsAsync<ServiceException>(() => ((IInventory)inventory).LocateAsync(
            _rig.Store.Current, GroupOf(), ["us-east-1c"], [new() { Id = "i-1" }, new() { Id = "i-2" }], Token));

        Assert.Equal(
            ("InvalidTarget", "The following targets are not in a running state and cannot be registered: 'i-1'"),
            (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task A_pending_instance_is_asked_for_until_it_runs_and_a_Classic_load_balancer_has_it_already()
    {
        var (_, inventory) = _rig.Make();
        _rig.Store.Keep(Sample.LoadBalancer().WithInstances([Sample.Instance("i-1")], Sample.Quotas));
        Answer(("i-1", "10.0.0.1", "pending", 0));
        await inventory.LookUpAsync(["i-1"], Token);
        Assert.True(inventory.IsPending("i-1"));
        Assert.Equal(
            ["i-1"],
            new ClassicPlanSource(_rig.Store, inventory).Plan().Single().Pools.Single().Members.Select(member => member.Target));

        Answer(("i-1", "10.0.0.1", "running", 16));
        var targets = await ((IInventory)inventory).LocateAsync(
            _rig.Store.Current, GroupOf(), ["us-east-1c"], [new() { Id = "i-1" }], Token);

        Assert.Equal("i-1", Assert.Single(targets).Id);
    }

    [Fact]
    public async Task Targets_of_terminated_instances_are_deregistered_and_stopped_ones_stay()
    {
        var (_, inventory) = _rig.Make();
        _rig.Store.Current = _rig.Store.Current.With(TargetGroupCollection.Kind, GroupOf("i-1", "i-2", "i-3"));
        Answer(("i-1", null, "terminated", 48), ("i-2", "10.0.0.2", "stopped", 80), ("i-3", "10.0.0.3", "running", 16));
        using var targets = new TerminatedTargets(
            _rig.Store, inventory, ClockSpeed.Real, _rig.Clock, NullLogger<TerminatedTargets>.Instance);
        await targets.LookAsync(Token);
        Assert.Equal(3, _rig.Store.Current.TargetGroups.Get(Group).Targets.Count);

        await inventory.LookUpAsync(["i-1", "i-2", "i-3"], Token);
        Assert.Equal(["i-1"], inventory.Terminated);
        await targets.LookAsync(Token);

        Assert.Equal(["i-2", "i-3"], _rig.Store.Current.TargetGroups.Get(Group).Targets.Select(target => target.Id));
        var before = _rig.Store.Current;
        await targets.LookAsync(Token);
        Assert.Same(before, _rig.Store.Current);
    }

    private static TargetGroup GroupOf(params IEnumerable<string> ids) => new()
    {
        Arn = Group, TargetType = TargetType.Instance, Protocol = Protocol.HTTP, Port = 80, VpcId = "vpc-11112222",
        HealthCheck = new()
        {
            Protocol = Protocol.HTTP, Path = "/", HttpCode = "200", IntervalSeconds = 30, TimeoutSeconds = 5, HealthyThreshold = 5,
            UnhealthyThreshold = 2,
        },
        Targets = ids.Select(id => new Target { Id = id, Port = 80, Address = IPAddress.Loopback }).ToEquatableArray(),
    };

    private static InstanceHealth HealthOf(Classic.LoadBalancer loadBalancer, IInventory inventory, string id) =>
        new HealthReader(new SameHealth(ObservedHealth.Passing), inventory).Read(loadBalancer, id);

    private void Answer(params (string Id, string? Address, string State, int Code)[] instances)
    {
        var text = Ec2Documents.Instances(string.Concat(
            instances.Select(one => Ec2Documents.Instance(one.Id, one.Address, one.State, one.Code))));
        _rig.Ec2.Answer = form => (string?)form["Action"] == "DescribeInstances"
            ? (200, text.Replace("us-east-1c", "us-east-1a", StringComparison.Ordinal))
            : null;
    }
}
