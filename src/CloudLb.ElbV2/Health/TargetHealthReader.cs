using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Planning;

namespace CloudLb.ElbV2.Health;

/// <summary>Joins what is registered with what the checks say.</summary>
public sealed class TargetHealthReader(
    IHealthSource source, ITrafficStatus status, IInventory inventory, TargetChecks targets, TimeProvider clock)
{
    /// <summary>
    /// The states of targets, registered or not, in the order asked. Answers from memory: of a target that fails its checks not how.
    /// </summary>
    public IReadOnlyList<TargetState> Read(Snapshot snapshot, TargetGroup group, IReadOnlyList<TargetId> ids)
    {
        var loadBalancer = Find(snapshot, group);
        var find = loadBalancer is null ? _ => null : source.FinderOf(loadBalancer.ToId(), PoolNames.Of(group.Arn));
        var isServed = loadBalancer is null || source.WhyNotServed(loadBalancer.ToId()) is null;
        var deregistered = group.Deregistered();
        return [.. ids.Select(id => State(group, deregistered, loadBalancer, id, find, isServed))];
    }

    /// <summary>As <see cref="Read"/>, and asks the data plane why where a target fails its checks.</summary>
    public async Task<IReadOnlyList<TargetState>> ReadAsync(
        Snapshot snapshot, TargetGroup group, IReadOnlyList<TargetId> ids, CancellationToken cancellationToken)
    {
        var states = Read(snapshot, group, ids);
        if (!states.Contains(TargetState.Failed) || Find(snapshot, group) is not { } loadBalancer)
        {
            return states;
        }

        var checks = await status.ReadChecksAsync(loadBalancer.ToId(), PoolNames.Of(group.Arn), cancellationToken);
        return
        [
            .. states.Select((state, index) => state == TargetState.Failed
                ? TargetState.Of(checks.GetValueOrDefault(ids[index].Member))
                : state),
        ];
    }

    private static LoadBalancer? Find(Snapshot snapshot, TargetGroup group) =>
        snapshot.LoadBalancerOf(group.Arn) is { } arn ? snapshot.V2LoadBalancers.Find(arn) : null;

    private TargetState State(
        TargetGroup group, IReadOnlyDictionary<TargetId, DrainingTarget> deregistered, LoadBalancer? loadBalancer, TargetId id,
        Func<MemberId, ObservedHealth?> find, bool isServed)
    {
        if (group.Find(id) is not { } target)
        {
            return deregistered.GetValueOrDefault(id)?.Until > clock.GetUtcNow() ? TargetState.Draining : TargetState.NotRegistered;
        }

        if (loadBalancer is null)
        {
            return TargetState.NotInUse;
        }

        if (inventory.IsTerminated(target.Id))
        {
            return TargetState.Terminated;
        }

        if (inventory.IsStopped(target.Id))
        {
            return TargetState.Stopped;
        }

        if (!TargetZones.IsEnabled(loadBalancer, TargetZones.Of(group, target, inventory)))
        {
            return TargetState.ZoneNotEnabled;
        }

        return targets.WhyLeftOut(group, target) is not null ? TargetState.Invalid
            : isServed ? Checked(find(id.Member)) : TargetState.Unserved;
    }

    private static TargetState Checked(ObservedHealth? observed) => observed switch
    {
        ObservedHealth.Passing => TargetState.Healthy,
        ObservedHealth.Failed or ObservedHealth.Recovering or ObservedHealth.NotAuthentic => TargetState.Failed,
        ObservedHealth.Registering => TargetState.Checking,
        ObservedHealth.Unserved => TargetState.Unserved,
        _ => TargetState.Registering,
    };
}
