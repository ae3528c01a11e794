using CloudLb.Core.LoadBalancers;

namespace CloudLb.Core.Inventory;

/// <summary>Where the instances of load balancers are. Answers from memory.</summary>
public sealed class InstanceZones(ILoadBalancerStore store, IInventory inventory)
{
    /// <summary>The zone of an instance that is registered, or still drains; null when the inventory does not know one.</summary>
    public string? Of(LoadBalancerKey loadBalancer, string instanceId) =>
        inventory.Known(instanceId) is { } known ? known.AvailabilityZone : store.Current.Find(loadBalancer)?.FindInstance(instanceId)?.AvailabilityZone;

    /// <summary>The zone of an instance that is registered; null when none is known.</summary>
    public string? Of(Instance instance) => inventory.Known(instance.InstanceId) is { } known ? known.AvailabilityZone : instance.AvailabilityZone;
}
