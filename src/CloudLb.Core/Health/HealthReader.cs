using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Targets;

namespace CloudLb.Core.Health;

/// <summary>Joins what is registered with what the checks say. Answers from memory.</summary>
/// <param name="source">What the checks say.</param>
/// <param name="inventory">Where instances are.</param>
/// <param name="targets">Which instances are given to the data plane; absent: all.</param>
public sealed class HealthReader(IHealthSource source, IInventory inventory, TargetRules? targets = null)
{
    /// <summary>The state of one instance, registered or not, of one load balancer.</summary>
    public InstanceHealth Read(LoadBalancer loadBalancer, string instanceId)
    {
        instanceId = loadBalancer.SpellingOf(instanceId);
        var observed = source.Find(loadBalancer.Key, instanceId);
        if (loadBalancer.FindInstance(instanceId) is not { } instance)
        {
            // Passing: the data plane has not heard of it yet and will have it drain in a moment.
            return observed is ObservedHealth.Draining or ObservedHealth.Passing
                && loadBalancer.Draining.Any(entry => entry.Instance.InstanceId == instanceId)
                ? InstanceHealth.Deregistering
                : InstanceHealth.NotRegistered;
        }

        if (inventory.IsTerminated(instanceId))
        {
            return InstanceHealth.Terminated;
        }

        if (targets?.WhyLeftOut(loadBalancer, instance) is { } fault)
        {
            return InstanceHealth.NoTarget(fault);
        }

        var zone = inventory.Known(instanceId) is { } known ? known.AvailabilityZone : instance.AvailabilityZone;
        if (!loadBalancer.IsZoneEnabled(zone))
        {
            return InstanceHealth.ZoneNotEnabled;
        }

        return source.WhyNotServed(loadBalancer.Key) is { } reason ? InstanceHealth.NotServed(reason) : Registered(observed);
    }

    private static InstanceHealth Registered(ObservedHealth? observed) => observed switch
    {
        ObservedHealth.Passing => InstanceHealth.InService,
        ObservedHealth.Failed => InstanceHealth.Failed,
        ObservedHealth.Recovering => InstanceHealth.Recovering,
        ObservedHealth.NotAuthentic => InstanceHealth.NotAuthentic,
        ObservedHealth.Unserved => InstanceHealth.Unknown,
        _ => InstanceHealth.Registering,
    };
}
