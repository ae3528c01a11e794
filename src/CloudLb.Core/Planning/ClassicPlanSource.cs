using System.Collections.Immutable;
using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.Core.Planning;

/// <summary>Plans the Classic load balancers that the store holds. Called by the reconciler alone.</summary>
/// <remarks>A load balancer that did not change, while the inventory did not either, costs one reference comparison.</remarks>
public sealed class ClassicPlanSource(ILoadBalancerStore store, IInventory inventory) : IPlanSource
{
    private Dictionary<LoadBalancerKey, (LoadBalancer Source, PlannedLoadBalancer Planned)> _planned = [];
    private long _inventoryVersion = -1;

    public IReadOnlyList<PlannedLoadBalancer> Plan()
    {
        var snapshot = store.Current;
        var inventoryVersion = inventory.Version;
        var isInventorySame = inventoryVersion == _inventoryVersion;
        var planned = new Dictionary<LoadBalancerKey, (LoadBalancer, PlannedLoadBalancer)>(snapshot.Count);
        var plan = ImmutableArray.CreateBuilder<PlannedLoadBalancer>(snapshot.Count);
        foreach (var loadBalancer in snapshot.All)
        {
            var known = _planned.GetValueOrDefault(loadBalancer.Key);
            var next = isInventorySame && ReferenceEquals(known.Source, loadBalancer)
                ? known.Planned
                : Reuse(known.Planned, ClassicPlan.Of(loadBalancer, inventory));
            planned[loadBalancer.Key] = (loadBalancer, next);
            plan.Add(next);
        }

        _planned = planned;
        _inventoryVersion = inventoryVersion;
        return plan.DrainToImmutable();
    }

    /// <summary>An equal plan stays the same object, so that a change of tags, say, stops here.</summary>
    private static PlannedLoadBalancer Reuse(PlannedLoadBalancer? before, PlannedLoadBalancer now) => before == now ? before : now;
}
