using CloudLb.Core.Inventory;
using CloudLb.Core.Traffic.Health;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Health;

/// <summary>Joins what is registered with what the checks say. Answers from memory.</summary>
/// <param name="source">What the checks say.</param>
/// <param name="inventory">Where instances are.</param>
/// <param name="targets">Which instances are given to the data plane; absent: all.</param>
public sealed class HealthReader(IHealthSource source, IInventory inventory, InstanceRules? targets = null)
{
    /// <summary>The state of one instance, registered or not, of one load balancer.</summary>
    public InstanceHealth Read(LoadBalancer loadBalancer, string instanceId) => Read(loadBalancer, [instanceId])[0];

    /// <summary>The states of all instances that are registered, in their order.</summary>
    public IReadOnlyList<InstanceHealth> Read(LoadBalancer loadBalancer)
    {
        var find = source.FinderOf(loadBalancer.Key.ToId());
        var notServed = source.WhyNotServed(loadBalancer.Key.ToId());
        var ports = targets is null ? [] : loadBalancer.TargetPorts;
        var states = new InstanceHealth[loadBalancer.Instances.Count];
        for (var index = 0; index < states.Length; index++)
        {
            var instance = loadBalancer.Instances[index];
            states[index] = Registered(loadBalancer, ports, instance, find(instance.InstanceId), notServed);
        }

        return states;
    }

    /// <summary>The states of the instances that are named, registered or not, in the order asked.</summary>
    public IReadOnlyList<InstanceHealth> Read(LoadBalancer loadBalancer, IReadOnlyList<string> instanceIds)
    {
        var find = source.FinderOf(loadBalancer.Key.ToId());
        var notServed = source.WhyNotServed(loadBalancer.Key.ToId());
        var ports = targets is null ? [] : loadBalancer.TargetPorts;
        return [.. instanceIds.Select(id => Read(loadBalancer, ports, id, find, notServed))];
    }

    private InstanceHealth Read(
        LoadBalancer loadBalancer, IReadOnlyList<int> ports, string instanceId, Func<string, ObservedHealth?> find, string? notServed)
    {
        var instance = loadBalancer.FindInstance(instanceId);
        instanceId = instance?.InstanceId ?? loadBalancer.SpellingOf(instanceId);
        var observed = find(instanceId);
        if (instance is null)
        {
            // Passing: the data plane has not heard of it yet and will have it drain in a moment.
            return observed is ObservedHealth.Draining or ObservedHealth.Passing
                && loadBalancer.Draining.Any(entry => entry.Instance.InstanceId == instanceId)
                ? InstanceHealth.Deregistering
                : InstanceHealth.NotRegistered;
        }

        return Registered(loadBalancer, ports, instance, observed, notServed);
    }

    private InstanceHealth Registered(
        LoadBalancer loadBalancer, IReadOnlyList<int> ports, Instance instance, ObservedHealth? observed, string? notServed)
    {
        if (inventory.IsTerminated(instance.InstanceId))
        {
            return InstanceHealth.Terminated;
        }

        if (inventory.IsStopped(instance.InstanceId))
        {
            return InstanceHealth.Stopped;
        }

        var known = inventory.Known(instance.InstanceId);
        if (targets?.WhyLeftOut(loadBalancer, ports, instance, known) is { } fault)
        {
            return InstanceHealth.NoTarget(fault);
        }

        var zone = known is null ? instance.AvailabilityZone : known.AvailabilityZone;
        if (!loadBalancer.IsZoneEnabled(zone))
        {
            return InstanceHealth.ZoneNotEnabled;
        }

        return notServed is { } reason ? InstanceHealth.NotServed(reason) : Checked(observed);
    }

    private static InstanceHealth Checked(ObservedHealth? observed) => observed switch
    {
        ObservedHealth.Passing => InstanceHealth.InService,
        ObservedHealth.Failed => InstanceHealth.Failed,
        ObservedHealth.Recovering => InstanceHealth.Recovering,
        ObservedHealth.NotAuthentic => InstanceHealth.NotAuthentic,
        ObservedHealth.Unserved => InstanceHealth.Unknown,
        _ => InstanceHealth.Registering,
    };
}
