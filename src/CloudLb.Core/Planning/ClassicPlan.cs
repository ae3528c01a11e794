using System.Net;
using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.LoadBalancers.Attributes;

namespace CloudLb.Core.Planning;

/// <summary>What traffic one Classic load balancer wants.</summary>
internal static class ClassicPlan
{
    /// <summary>The pool of a load balancer without listeners, whose instances are checked all the same.</summary>
    private const string CheckedOnly = "checked";

    public static PlannedLoadBalancer Of(LoadBalancer loadBalancer, IInventory inventory)
    {
        var members = Members(loadBalancer, inventory);
        var pools = loadBalancer.Listeners
            .Select(listener => (Name: PoolName(listener), Mode: Mode(listener), Port: listener.InstancePort))
            .DefaultIfEmpty((Name: CheckedOnly, Mode: TrafficMode.Tcp, Port: loadBalancer.HealthCheck.Target.Port))
            .Distinct()
            .OrderBy(pool => pool.Name, StringComparer.Ordinal)
            .Select(pool => new PlannedPool
            {
                Name = pool.Name,
                Mode = pool.Mode,
                IdleTimeout = loadBalancer.Attributes.IdleTimeout,
                Probe = Probe(loadBalancer.HealthCheck),
                Members = members.Select(member => member with { Port = pool.Port }).ToEquatableArray(),
            })
            .ToEquatableArray();

        return new()
        {
            Key = loadBalancer.Key,
            Address = loadBalancer.Address,
            Listeners = loadBalancer.Listeners.Select(listener => Listener(listener, loadBalancer.Attributes)).ToEquatableArray(),
            Pools = pools,
            HealthPool = loadBalancer.Listeners.Count > 0 ? PoolName(loadBalancer.Listeners[0]) : CheckedOnly,
        };
    }

    private static PlannedListener Listener(Listener listener, LoadBalancerAttributes attributes) => new()
    {
        Port = listener.LoadBalancerPort,
        Mode = Mode(listener),
        Pool = PoolName(listener),
        IdleTimeout = attributes.IdleTimeout,
        DesyncMitigation = attributes.DesyncMitigationMode switch
        {
            DesyncMitigationMode.Monitor => DesyncMitigation.Monitor,
            DesyncMitigationMode.Strictest => DesyncMitigation.Strictest,
            _ => DesyncMitigation.Defensive,
        },
    };

    /// <summary>One pool for each instance port and mode: listeners that share both share the members and their checks.</summary>
    private static string PoolName(Listener listener) => Mode(listener) == TrafficMode.Http ? $"{listener.InstancePort}" : $"t{listener.InstancePort}";

    private static TrafficMode Mode(Listener listener) => listener.IsHttp ? TrafficMode.Http : TrafficMode.Tcp;

    private static PlannedProbe Probe(HealthCheck healthCheck) => new()
    {
        Protocol = healthCheck.Target.Protocol switch
        {
            ListenerProtocol.HTTP => ProbeProtocol.Http,
            ListenerProtocol.HTTPS => ProbeProtocol.Https,
            ListenerProtocol.SSL => ProbeProtocol.Ssl,
            _ => ProbeProtocol.Tcp,
        },
        Port = healthCheck.Target.Port,
        Path = healthCheck.Target.Path,
        Interval = healthCheck.Interval,
        Timeout = healthCheck.Timeout,
        Rise = healthCheck.HealthyThreshold,
        Fall = healthCheck.UnhealthyThreshold,
    };

    /// <summary>The members of every pool, their port still to be set.</summary>
    private static List<PlannedMember> Members(LoadBalancer loadBalancer, IInventory inventory)
    {
        var located = loadBalancer.Instances
            .Select(instance => Locate(instance, inventory))
            .Where(instance => loadBalancer.IsZoneEnabled(instance.AvailabilityZone))
            .ToList();
        var weights = ZoneWeights.Of(located.Select(instance => instance.AvailabilityZone), loadBalancer.Attributes.CrossZoneLoadBalancing);
        var active = located.Select(instance => Member(instance.InstanceId, instance.Address, weights[instance.AvailabilityZone ?? ""], null));
        var draining = loadBalancer.Draining.Select(entry => Member(entry.Instance.InstanceId, Locate(entry.Instance, inventory).Address, 1, entry.Until));
        return [.. active.Concat(draining).OrderBy(member => member.InstanceId, StringComparer.Ordinal)];
    }

    /// <summary>Where an instance is, while it drains too: what it still serves goes to the address that the plan before had.</summary>
    private static InventoryInstance Locate(Instance instance, IInventory inventory) =>
        inventory.Known(instance.InstanceId) ?? new(instance.InstanceId, instance.Address, instance.AvailabilityZone);

    private static PlannedMember Member(string instanceId, IPAddress address, int weight, DateTimeOffset? drainingUntil) =>
        new() { InstanceId = instanceId, Address = address, Port = 0, Weight = weight, DrainingUntil = drainingUntil };
}
