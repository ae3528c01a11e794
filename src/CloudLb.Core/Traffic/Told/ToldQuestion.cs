using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;

namespace CloudLb.Core.Traffic.Told;

/// <summary>A question for the reasons of an instance's state, with what the data plane has said of it.</summary>
public sealed record ToldQuestion
{
    public required LoadBalancerId LoadBalancer { get; init; }

    /// <summary>As the operator wrote it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The data plane's name, as it stands in sentences.</summary>
    public required string Engine { get; init; }

    /// <summary>What it says; null while the load balancer has not been given to it.</summary>
    public required ServedLoadBalancer? Served { get; init; }

    /// <summary>What of the load balancer is not served.</summary>
    public required IReadOnlyList<PlanFault> Faults { get; init; }

    /// <summary>Where clients on this machine reach the API.</summary>
    public required string Endpoint { get; init; }
}
