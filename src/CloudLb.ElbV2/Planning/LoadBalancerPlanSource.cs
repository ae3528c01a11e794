using System.Collections.Immutable;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.Inventory;
using CloudLb.Core.KeySets;
using CloudLb.Core.Resources;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.ElbV2.Domain;
using Microsoft.Extensions.Logging;

namespace CloudLb.ElbV2.Planning;

/// <summary>Plans the application and network load balancers that the store holds. Called by the reconciler alone.</summary>
/// <remarks>
/// A load balancer of which nothing changed, its listeners and target groups included, while the inventory, the keys of tokens and which of
/// its targets are anomalous did not either, is not planned again.
/// </remarks>
internal sealed partial class LoadBalancerPlanSource(
    IResourceStore store, IInventory inventory, TargetChecks targets, ClockSpeed speed, Sharing sharing, IKeySets keySets,
    SessionKeys sessionKeys, TrustContents contents, IClientAddressKeeper clientAddresses, TargetAnomalies anomalies,
    ILogger<LoadBalancerPlanSource> logger)
    : IPlanSource
{
    private readonly LoadBalancerPlan _plan = new(inventory, speed, sharing, new(keySets, sessionKeys), clientAddresses, anomalies);
    private Dictionary<Arn, Entry> _planned = [];
    private long _inventoryVersion = -1;
    private long _keySetVersion = -1;
    private long _anomalyVersion = -1;

    public IReadOnlyList<PlannedLoadBalancer> Plan()
    {
        var snapshot = store.Current;
        var inventoryVersion = inventory.Version;
        var isInventorySame = inventoryVersion == _inventoryVersion;
        var keySetVersion = keySets.Version;
        var areKeysSame = keySetVersion == _keySetVersion;
        var anomalyVersion = anomalies.Version;
        var areAnomaliesSame = anomalyVersion == _anomalyVersion;
        var planned = new Dictionary<Arn, Entry>();
        foreach (var loadBalancer in snapshot.V2LoadBalancers.All)
        {
            var basis = PlanBasis.Of(loadBalancer, snapshot);
            var known = _planned.GetValueOrDefault(loadBalancer.Arn);
            planned.Add(
                loadBalancer.Arn,
                isInventorySame && known is { Faults.IsEmpty: true } && (areKeysSame || !known.HasKeys)
                    && (areAnomaliesSame || !basis.Groups.Any(group => group.MitigatesAnomalies)) && known.Basis.IsSame(basis)
                    ? known
                    : Planned(basis, snapshot, known));
        }

        (_planned, _inventoryVersion, _keySetVersion, _anomalyVersion) = (planned, inventoryVersion, keySetVersion, anomalyVersion);
        return [.. planned.Values.Select(entry => entry.Planned).OrderBy(each => each.Id)];
    }

    private PlannedTrust TrustOf(Arn trustStore, Snapshot snapshot) => new(
        contents.IdOf(snapshot, snapshot.TrustStores.Get(trustStore)), snapshot.Revocations.Of(trustStore).Count > 0);

    private Entry Planned(PlanBasis basis, Snapshot snapshot, Entry? before)
    {
        var faults = ImmutableDictionary.CreateBuilder<string, TargetFault>();
        var planned = _plan.Of(basis, snapshot.Certificates.Find, arn => TrustOf(arn, snapshot), (group, target) =>
        {
            if (targets.WhyLeftOut(group, target) is not { } fault)
            {
                return true;
            }

            faults[target.Id] = fault;
            return false;
        });
        foreach (var (id, fault) in faults.Where(entry => before?.Faults.GetValueOrDefault(entry.Key) != entry.Value))
        {
            Log.LeftOut(logger, basis.LoadBalancer.Arn.Path, id, fault.Reason);
        }

        // An equal plan stays the same object, so that a change of tags, say, stops here.
        return new(basis, before?.Planned == planned ? before.Planned : planned, faults.ToImmutable());
    }

    /// <param name="Basis">What was planned.</param>
    /// <param name="Planned">Its plan.</param>
    /// <param name="Faults">By the target's id: why it is left out, which another load balancer's listener can change.</param>
    private sealed record Entry(PlanBasis Basis, PlannedLoadBalancer Planned, ImmutableDictionary<string, TargetFault> Faults)
    {
        /// <summary>Whether it is another plan with other keys of tokens.</summary>
        public bool HasKeys => Planned.Listeners.Any(listener =>
            listener.Rules.Select(rule => rule.Action).Append(listener.DefaultAction).Any(action => action.Gate is not null));
    }

    private static partial class Log
    {
        [LoggerMessage(4203, LogLevel.Warning, "{LoadBalancer}: the target {Target} is given no traffic and no check: {Reason}")]
        public static partial void LeftOut(ILogger logger, string loadBalancer, string target, string reason);
    }
}
