using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy.Applied;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy.State;

/// <summary>One load balancer in a cell: what is planned for it, what of that is served, and why not the rest.</summary>
internal sealed class CellEntry(LoadBalancerId id)
{
    private PlannedLoadBalancer? _rendered;
    private (HAProxyCapabilities Capabilities, int Threads)? _renderedFor;
    private LoadBalancerSections? _sections;
    private string? _line;
    private volatile HealthPool? _healthPool;

    public LoadBalancerId Id { get; } = id;

    /// <summary>Null when it is to go away.</summary>
    public volatile PlannedLoadBalancer? Planned;

    /// <summary>What the running process serves of it; null when nothing.</summary>
    public volatile PlannedLoadBalancer? Served;

    /// <summary>What is to be served: the plan without what is at fault.</summary>
    public PlannedLoadBalancer? Target { get; set; }

    /// <summary>Why not all of the plan is served.</summary>
    public volatile IReadOnlyList<PlanFault> Faults = [];

    /// <summary>What HAProxy refused, of which plan, and when by the steady time.</summary>
    public (PlannedLoadBalancer Of, IReadOnlyList<PlanFault> Faults, TimeSpan At)? Refused { get; set; }

    /// <summary>The planned pool whose checks say how the instances are. Safe to read from any thread.</summary>
    public HealthPool? HealthPool => Planned is not { } planned ? null : _healthPool is { } known && ReferenceEquals(known.Of, planned) ? known : _healthPool = HealthPool.In(planned);

    /// <summary>The text of the target; made anew only when that has changed.</summary>
    /// <param name="loadBalancer">The target.</param>
    /// <param name="options">The same in every call.</param>
    /// <param name="capabilities">Of the HAProxy that is to read it.</param>
    /// <param name="threads">Of that process.</param>
    public LoadBalancerSections Sections(PlannedLoadBalancer loadBalancer, HAProxyOptions options, HAProxyCapabilities capabilities, int threads)
    {
        Remember(loadBalancer);
        if (_sections is null || _renderedFor != (capabilities, threads))
        {
            (_sections, _renderedFor) = (LoadBalancerSections.Render(loadBalancer, capabilities, threads, options.FirstRequestTimeout), (capabilities, threads));
        }

        return _sections;
    }

    /// <summary>The line of the target in <see cref="AppliedFile"/>.</summary>
    public string Line(PlannedLoadBalancer loadBalancer)
    {
        Remember(loadBalancer);
        return _line ??= AppliedFile.LineOf(loadBalancer);
    }

    private void Remember(PlannedLoadBalancer loadBalancer)
    {
        if (!ReferenceEquals(_rendered, loadBalancer))
        {
            (_rendered, _sections, _line) = (loadBalancer, null, null);
        }
    }
}
