using CloudLb.Core.Traffic.Health;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;
using CloudLb.Tests.Unit.Inventory;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Health;

public sealed class HealthReaderTests : IDisposable
{
    private const string Registering = "Instance registration is still in progress.";
    private const string Failed = "Instance has failed at least the UnhealthyThreshold number of health checks consecutively.";
    private const string Recovering = "Instance has not passed the configured HealthyThreshold number of health checks consecutively.";
    private const string NotRegistered = "Instance is not currently registered with the LoadBalancer.";
    private const string Deregistering = "Instance deregistration currently in progress.";

    private static readonly LoadBalancer Web = Sample.LoadBalancer()
        .WithInstances([Sample.Instance("i-1"), Sample.Instance("i-2"), Sample.Instance("i-3", zone: "us-east-1b")], Sample.Quotas)
        .WithAttributes(new() { ConnectionDraining = new() { IsEnabled = true } })
        .WithoutInstances(["i-2"], Sample.Noon);

    private readonly FileInventory _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(null, InstanceState.OutOfService, "ELB", Registering)]
    [InlineData(ObservedHealth.Registering, InstanceState.OutOfService, "ELB", Registering)]
    [InlineData(ObservedHealth.Passing, InstanceState.InService, "N/A", "N/A")]
    [InlineData(ObservedHealth.Failed, InstanceState.OutOfService, "Instance", Failed)]
    [InlineData(ObservedHealth.Recovering, InstanceState.OutOfService, "Instance", Recovering)]
    [InlineData(ObservedHealth.Draining, InstanceState.OutOfService, "ELB", Registering)]
    [InlineData(ObservedHealth.Unserved, InstanceState.Unknown, "ELB", "A transient error occurred. Please try again later.")]
    public void A_registered_instance_has_the_state_that_its_checks_say(
        ObservedHealth? observed, InstanceState state, string reason, string description) =>
        Assert.Equal(new(state, reason, description), Read("i-1", observed));

    [Theory]
    [InlineData(ObservedHealth.Draining, Deregistering)]
    [InlineData(ObservedHealth.Passing, Deregistering)]
    [InlineData(ObservedHealth.Failed, NotRegistered)]
    [InlineData(ObservedHealth.Registering, NotRegistered)]
    [InlineData(null, NotRegistered)]
    public void A_deregistered_instance_is_in_service_while_a_process_has_it_drain_and_no_longer(
        ObservedHealth? observed, string description) =>
        Assert.Equal(description, Read("i-2", observed).Description);

    [Theory]
    [InlineData(ObservedHealth.Draining)]
    [InlineData(ObservedHealth.Passing)]
    [InlineData(null)]
    public void An_instance_that_is_not_registered_is_out_of_service(ObservedHealth? observed) =>
        Assert.Equal(new(InstanceState.OutOfService, "Instance", NotRegistered), Read("i-9", observed));

    [Theory]
    [InlineData(ObservedHealth.Passing)]
    [InlineData(ObservedHealth.Unserved)]
    [InlineData(null)]
    public void An_instance_of_a_zone_that_is_not_enabled_is_out_of_service_whatever_its_checks_say(ObservedHealth? observed) =>
        Assert.Equal(
        new(
            InstanceState.OutOfService, "ELB",
            "Instance is in the EC2 Availability Zone for which LoadBalancer is not configured to route traffic to."),
        Read("i-3", observed));

    [Fact]
    public async Task The_inventory_has_the_last_word_on_the_zone()
    {
        await _file.WriteAsync(
            """{ "i-1": { "address": "10.0.0.1", "zone": "us-east-1b" }, "i-3": { "address": "10.0.0.1", "zone": "us-east-1a" } }""");

        Assert.Equal(InstanceHealth.ZoneNotEnabled, Read("i-1", ObservedHealth.Passing));
        Assert.Equal(InstanceHealth.InService, Read("i-3", ObservedHealth.Passing));
    }

    private InstanceHealth Read(string instanceId, ObservedHealth? observed) =>
        new HealthReader(new SameHealth(observed), _file.Inventory).Read(Web, instanceId);
}
