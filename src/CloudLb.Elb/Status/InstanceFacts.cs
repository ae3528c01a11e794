using CloudLb.Core.Inventory;
using CloudLb.Core.Leases;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;

namespace CloudLb.Elb.Status;

/// <summary>Everything that the state of one instance follows from, at one moment.</summary>
internal sealed record InstanceFacts
{
    public required LoadBalancer LoadBalancer { get; init; }

    public required string InstanceId { get; init; }

    /// <summary>What the API answers.</summary>
    public required InstanceHealth Health { get; init; }

    /// <summary>Null when the inventory does not know the id now.</summary>
    public required InventoryInstance? Known { get; init; }

    /// <summary>The data plane's name, as it stands in sentences.</summary>
    public required string Engine { get; init; }

    /// <summary>The data plane has been given nothing of the load balancer, so that nothing checks its instances.</summary>
    public bool IsUnchecked => Health == InstanceHealth.Unknown || (Served is null && Faults.Any(fault => fault.Port is null));

    /// <summary>Why it is no target; null when it may be one, or is not registered.</summary>
    public TargetFault? Fault { get; init; }

    /// <summary>What of this load balancer is not served.</summary>
    public required IReadOnlyList<PlanFault> Faults { get; init; }

    /// <summary>What the data plane says; null while the load balancer has not been given to it.</summary>
    public required ServedLoadBalancer? Served { get; init; }

    /// <summary>The last time that it was deregistered as its member had not registered again; null when it was not.</summary>
    public LeaseEnd? LeaseEnd { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Where clients on this machine reach the API.</summary>
    public required string Endpoint { get; init; }

    /// <summary>
    /// How a command to change the load balancer begins: with the endpoint, as older clients heed no environment and would ask AWS.
    /// </summary>
    public string Elb => $"aws --endpoint-url {Endpoint} --region {LoadBalancer.Key.Region} elb";

    /// <summary>Null when it is not registered.</summary>
    public Instance? Registered => LoadBalancer.FindInstance(InstanceId);

    /// <summary>The deregistration whose time has not run out; null when there is none.</summary>
    public DrainingInstance? Draining =>
        LoadBalancer.Draining.FirstOrDefault(entry => entry.Instance.InstanceId == InstanceId && entry.Until > Now);

    /// <summary>Null when no process has it.</summary>
    public ServedInstance? AtEngine => Served?.Instances.FirstOrDefault(instance => instance.InstanceId == InstanceId);

    /// <summary>
    /// Where checks and traffic go: what the inventory says now, else what it said at the registration. Null for an id that nobody knows.
    /// </summary>
    public string? Address => (Known?.Address ?? Registered?.Address)?.ToString();

    public string? Zone => Known is not null ? Known.AvailabilityZone : Registered?.AvailabilityZone;
}
