using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;

namespace CloudLb.HAProxy.State;

/// <summary>One load balancer in a cell: what is planned for it, what of that is served, and why not the rest. Immutable.</summary>
internal sealed record CellEntry(LoadBalancerId Id)
{
    // Made when it is first asked for: a plan that must not be written has no name for it, and is found out by the next pass.
    private Lazy<HealthPool?>? _healthPool;

    /// <summary>Null when it is to go away.</summary>
    public PlannedLoadBalancer? Planned { get; private init; }

    /// <summary>The planned pool whose checks say how the instances are.</summary>
    public HealthPool? HealthPool => _healthPool?.Value;

    /// <summary>What is to be served: the plan without what is at fault.</summary>
    public PlannedLoadBalancer? Target { get; init; }

    /// <summary>What the running process serves of it; null when nothing.</summary>
    public PlannedLoadBalancer? Served { get; init; }

    /// <summary>Why not all of the plan is served.</summary>
    public IReadOnlyList<PlanFault> Faults { get; init; } = [];

    public Refusal? Refused { get; init; }

    /// <summary>One that an earlier CloudLb has left as it is served.</summary>
    public static CellEntry Found(PlannedLoadBalancer served) => new CellEntry(served.Id) { Target = served, Served = served }.Plan(served);

    public CellEntry Plan(PlannedLoadBalancer? next) =>
        this with { Planned = next, _healthPool = next is null ? null : new(() => HealthPool.In(next)) };
}
