using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Elb.Domain;

/// <summary>Where the instances of load balancers are. Answers from memory.</summary>
public sealed class InstanceZones(IResourceStore store, IInventory inventory)
{
    /// <summary>The zone of an instance that is registered, or still drains; null when the inventory does not know one.</summary>
    public string? Of(LoadBalancerId loadBalancer, string instanceId) => inventory.Known(instanceId) is { } known
        ? known.AvailabilityZone
        : LoadBalancerKey.Of(loadBalancer) is { } key
            ? store.Current.LoadBalancers.Find(key)?.FindInstance(instanceId)?.AvailabilityZone
            : null;

    /// <summary>The zone of an instance that is registered; null when none is known.</summary>
    public string? Of(Instance instance) =>
        inventory.Known(instance.InstanceId) is { } known ? known.AvailabilityZone : instance.AvailabilityZone;
}
