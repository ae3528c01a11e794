using System.Collections.Immutable;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Elb.Domain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudLb.Elb.Planning;

/// <summary>Plans the Classic load balancers that the store holds. Called by the reconciler alone.</summary>
/// <param name="store">The load balancers.</param>
/// <param name="inventory">Where their instances are.</param>
/// <param name="maxConnectionsPerInstance">Requests or connections that each instance is given at once; 0: without bound.</param>
/// <param name="targets">What may be a target; absent: everything.</param>
/// <param name="speed">Of the clocks of health checks; absent: as AWS's.</param>
/// <param name="sharing">What load balancers share; absent: nothing.</param>
/// <param name="logger">Where it is told which instances are left out.</param>
/// <remarks>
/// A load balancer that did not change, while the inventory did not either, costs one step through two lists in the same order and a
/// comparison of references: well under a millisecond for ten thousand.
/// </remarks>
public sealed partial class ClassicPlanSource(
    IResourceStore store, IInventory inventory, int maxConnectionsPerInstance = 0, InstanceRules? targets = null,
    ILogger<ClassicPlanSource>? logger = null,
    ClockSpeed? speed = null, Sharing? sharing = null)
    : IPlanSource
{
    private readonly ILogger _logger = logger ?? NullLogger<ClassicPlanSource>.Instance;
    private List<Entry> _planned = [];
    private long _inventoryVersion = -1;
    private ResourceCollection? _seen;
    private ImmutableArray<PlannedLoadBalancer> _plan = [];
    private bool _dependOnOthers;

    public IReadOnlyList<PlannedLoadBalancer> Plan()
    {
        var loadBalancers = store.Current.LoadBalancers;
        var inventoryVersion = inventory.Version;
        var isInventorySame = inventoryVersion == _inventoryVersion;
        if (isInventorySame && !_dependOnOthers && ReferenceEquals(loadBalancers, _seen))
        {
            return _plan;
        }

        _dependOnOthers = false;
        var planned = new List<Entry>(loadBalancers.Count);
        var plan = ImmutableArray.CreateBuilder<PlannedLoadBalancer>(loadBalancers.Count);
        var position = 0;
        foreach (var loadBalancer in loadBalancers.All)
        {
            var known = Known(loadBalancer, ref position);
            var next = isInventorySame && known is { DependsOnOthers: false } && ReferenceEquals(known.Source, loadBalancer)
                ? known
                : Planned(loadBalancer, known);
            planned.Add(next);
            plan.Add(next.Planned);
            _dependOnOthers |= next.DependsOnOthers;
        }

        (_planned, _seen, _inventoryVersion, _plan) = (planned, loadBalancers, inventoryVersion, plan.DrainToImmutable());
        return _plan;
    }

    /// <summary>What was planned the last time; goes on from <paramref name="position"/>, as both are in the order of keys.</summary>
    private Entry? Known(LoadBalancer loadBalancer, ref int position)
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

        return null;
    }

    private Entry Planned(LoadBalancer loadBalancer, Entry? before)
    {
        var faults = ImmutableDictionary.CreateBuilder<string, TargetFault>();
        var planned = ClassicPlan.Of(
            loadBalancer, inventory, maxConnectionsPerInstance, instance => IsTarget(loadBalancer, instance, faults), speed, sharing);
        foreach (var (id, fault) in faults)
        {
            if (before?.Faults.GetValueOrDefault(id) == fault)
            {
                continue;
            }

            if (fault.IsAbsolute)
            {
                Log.LeftOut(_logger, loadBalancer.Key, id, fault.Reason);
            }
            else
            {
                Log.Tolerated(_logger, loadBalancer.Key, id, fault.Reason);
            }
        }

        // An equal plan stays the same object, so that a change of tags, say, stops here.
        return new(loadBalancer, before?.Planned == planned ? before.Planned : planned, faults.ToImmutable());
    }

    /// <param name="loadBalancer">The load balancer.</param>
    /// <param name="instance">Registered or draining.</param>
    /// <param name="faults">Takes what is left out, as absolute, and what is tolerated.</param>
    private bool IsTarget(LoadBalancer loadBalancer, Instance instance, ImmutableDictionary<string, TargetFault>.Builder faults)
    {
        if (targets?.WhyLeftOut(loadBalancer, instance) is { } fault)
        {
            faults[instance.InstanceId] = fault with { IsAbsolute = true };
            return false;
        }

        if (targets?.WhyTolerated(loadBalancer, instance) is { } tolerated)
        {
            faults[instance.InstanceId] = tolerated;
        }

        return true;
    }

    /// <param name="Source">What was planned.</param>
    /// <param name="Planned">Its plan.</param>
    /// <param name="Faults">By the instance's id: why it is left out, or what is tolerated.</param>
    private sealed record Entry(LoadBalancer Source, PlannedLoadBalancer Planned, ImmutableDictionary<string, TargetFault> Faults)
    {
        /// <summary>Whether another load balancer's listener, made or deleted, can make another plan of it.</summary>
        public bool DependsOnOthers => !Faults.IsEmpty;
    }

    private static partial class Log
    {
        [LoggerMessage(4201, LogLevel.Warning, "{LoadBalancer}: the instance {Instance} is given no traffic and no check: {Reason}")]
        public static partial void LeftOut(ILogger logger, LoadBalancerKey loadBalancer, string instance, string reason);

        [LoggerMessage(
            4202, LogLevel.Warning,
            "{LoadBalancer}: the instance {Instance}, which was registered before there was a rule against it, goes on: {Reason}; " +
            "registered today it would be refused (docs/targets.md)")]
        public static partial void Tolerated(ILogger logger, LoadBalancerKey loadBalancer, string instance, string reason);
    }
}
