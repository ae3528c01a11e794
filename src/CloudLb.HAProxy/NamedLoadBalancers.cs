using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Cells;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy;

/// <summary>The load balancers that are reached by host names, of all cells. Called by one at a time.</summary>
/// <remarks>Every pass asks, so a cell whose load balancers are the same objects as the last time is not looked through again.</remarks>
internal sealed class NamedLoadBalancers
{
    private Dictionary<object, IReadOnlyList<PlannedLoadBalancer>> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Those that are served, in the order of their ids.</summary>
    public List<PlannedLoadBalancer> In(IEnumerable<Cell> cells)
    {
        var known = new Dictionary<object, IReadOnlyList<PlannedLoadBalancer>>(ReferenceEqualityComparer.Instance);
        foreach (var cell in cells.Select(cell => cell.State))
        {
            known[cell.Entries] = _known.GetValueOrDefault(cell.Entries) ?? [.. cell.Served.Where(IsNamed)];
        }

        _known = known;
        return [.. known.Values.SelectMany(named => named).OrderBy(loadBalancer => loadBalancer.Id)];
    }

    private static bool IsNamed(PlannedLoadBalancer loadBalancer) =>
        loadBalancer.HostNames.Count > 0 && loadBalancer.Listeners.Any(SharedLines.IsReachedByName);
}
