using System.Collections.Immutable;
using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.Core.Planning;

/// <summary>Plans the Classic load balancers that the store holds. Called by the reconciler alone.</summary>
/// <param name="store">The load balancers.</param>
/// <param name="inventory">Where their instances are.</param>
/// <param name="maxConnectionsPerInstance">Requests or connections that each instance is given at once; 0: without bound.</param>
/// <remarks>
/// A load balancer that did not change, while the inventory did not either, costs one step through two lists in the same order and a comparison of
/// references: well under a millisecond for ten thousand.
/// </remarks>
public sealed class ClassicPlanSource(ILoadBalancerStore store, IInventory inventory, int maxConnectionsPerInstance = 0) : IPlanSource
{
    private List<(LoadBalancer Source, PlannedLoadBalancer Planned)> _planned = [];
    private long _inventoryVersion = -1;

    public IReadOnlyList<PlannedLoadBalancer> Plan()
    {
        var snapshot = store.Current;
        var inventoryVersion = inventory.Version;
        var isInventorySame = inventoryVersion == _inventoryVersion;
        var planned = new List<(LoadBalancer, PlannedLoadBalancer)>(snapshot.Count);
        var plan = ImmutableArray.CreateBuilder<PlannedLoadBalancer>(snapshot.Count);
        var position = 0;
        foreach (var loadBalancer in snapshot.All)
        {
            var known = Known(loadBalancer, ref position);
            var next = isInventorySame && ReferenceEquals(known.Source, loadBalancer)
                ? known.Planned!
                : Reuse(known.Planned, ClassicPlan.Of(loadBalancer, inventory, maxConnectionsPerInstance));
            planned.Add((loadBalancer, next));
            plan.Add(next);
        }

        _planned = planned;
        _inventoryVersion = inventoryVersion;
        return plan.DrainToImmutable();
    }

    /// <summary>What was planned the last time; goes on from <paramref name="position"/>, as both are in the order of keys.</summary>
    private (LoadBalancer? Source, PlannedLoadBalancer? Planned) Known(LoadBalancer loadBalancer, ref int position)
    {
        for (; position < _planned.Count; position++)
        {
            var known = _planned[position];
            var order = ReferenceEquals(known.Source, loadBalancer) ? 0 : known.Source.Key.CompareTo(loadBalancer.Key);
            if (order > 0)
            {
                break;
            }

            if (order == 0)
            {
                position++;
                return known;
            }
        }

        return default;
    }

    /// <summary>An equal plan stays the same object, so that a change of tags, say, stops here.</summary>
    private static PlannedLoadBalancer Reuse(PlannedLoadBalancer? before, PlannedLoadBalancer now) => before == now ? before : now;
}
