using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reach;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Health;

/// <summary>
/// Tells of application and network load balancers that have several addresses: each is good while every target group that listeners send
/// to has as many healthy targets as its attributes ask for, one by default; in the address's zone where the group is not balanced across
/// zones, and in all otherwise (AWS's user guides, target group health). A target whose zone nobody knows, or has no address of the load
/// balancer, counts for each.
/// </summary>
internal sealed class V2Reach(IResourceStore store, TargetHealthReader health, IInventory inventory) : IReachedLoadBalancers
{
    public IEnumerable<ReachedLoadBalancer> WithSeveralAddresses()
    {
        var snapshot = store.Current;
        return snapshot.V2LoadBalancers.All
            .Where(loadBalancer => loadBalancer.SubnetAddresses.Count > 0 && loadBalancer.Addresses.Named.Skip(1).Any())
            .Select(loadBalancer => Tell(snapshot, loadBalancer));
    }

    private ReachedLoadBalancer Tell(Snapshot snapshot, LoadBalancer loadBalancer)
    {
        var groups = snapshot.Listeners.Of(loadBalancer.Arn).After(null).SelectMany(listener => listener.TargetGroups).Distinct()
            .Select(snapshot.TargetGroups.Find).OfType<TargetGroup>()
            .Select(group => (Group: group, Targets: Targets(snapshot, loadBalancer, group)))
            .ToList();
        return new(
            loadBalancer.ToId(),
            [
                .. loadBalancer.Addresses.Zoned.Select(each => new ReachedAddress(
                    each.Address,
                    groups.Select(group => WhyNot(loadBalancer, group.Group, group.Targets, each.Zone))
                        .FirstOrDefault(reason => reason is not null))),
            ]);
    }

    private IReadOnlyList<(string? Zone, bool IsHealthy)> Targets(Snapshot snapshot, LoadBalancer loadBalancer, TargetGroup group) =>
    [
        .. group.Targets
            .Zip(health.Read(snapshot, group, [.. group.Targets.Select(target => new TargetId(target.Id, target.Port))]))
            .Select(each => (TargetZones.Of(group, each.First, inventory), each.Second == TargetState.Healthy))
            .Where(each => TargetZones.IsEnabled(loadBalancer, each.Item1)),
    ];

    private static string? WhyNot(
        LoadBalancer loadBalancer, TargetGroup group, IReadOnlyList<(string? Zone, bool IsHealthy)> targets, string? zone)
    {
        var isOfAll = zone is null || TargetZones.IsCrossZone(group, loadBalancer);
        var ofZone = targets.Where(target => isOfAll || target.Zone == zone || !IsOfAddress(loadBalancer, target.Zone)).ToList();
        var healthy = ofZone.Count(target => target.IsHealthy);
        return DnsFailover.IsMet(group, healthy, ofZone.Count)
            ? null
            : $"{healthy} of {ofZone.Count} targets of {group.Name}{(isOfAll ? "" : $" in {zone}")} are healthy.";
    }

    private static bool IsOfAddress(LoadBalancer loadBalancer, string? zone) =>
        loadBalancer.SubnetAddresses.Any(each => each.AvailabilityZone == zone);
}
