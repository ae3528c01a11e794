using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.ElbV2.Domain;

/// <summary>Which zones a load balancer sends to.</summary>
internal static class TargetZones
{
    /// <summary>The zone of a target, an instance's as the inventory now has it; null where nobody knows one.</summary>
    public static string? Of(TargetGroup group, Target target, IInventory inventory) =>
        group.TargetType == TargetType.Instance && inventory.Known(target.Id) is { } known
            ? known.AvailabilityZone
            : target.AvailabilityZone;

    /// <summary>Whether a group's targets are balanced across zones, which it says itself or leaves to its load balancer.</summary>
    public static bool IsCrossZone(TargetGroup group, LoadBalancer loadBalancer) =>
        (group.Attribute(TargetGroupAttributes.CrossZone) is var own and ("true" or "false")
            ? own
            : loadBalancer.Attribute(LoadBalancerAttributes.CrossZone)) == "true";

    /// <summary>
    /// Whether what comes to a zone's address is for that zone's targets. One zone, or one address for all of them, has them all anyway,
    /// and whoever is the target of a group of load balancers is reached in no zone.
    /// </summary>
    public static bool IsByZone(TargetGroup group, LoadBalancer loadBalancer) =>
        !IsCrossZone(group, loadBalancer) && group.TargetType != TargetType.Alb && OfAddresses(loadBalancer).Skip(1).Any();

    /// <summary>
    /// The zones that a load balancer has addresses in. One that is leaving is not of its zone any more, where nothing may be sent to.
    /// </summary>
    public static IEnumerable<PlannedZone> OfAddresses(LoadBalancer loadBalancer) => loadBalancer.SubnetAddresses
        .GroupBy(each => each.AvailabilityZone, each => each.Address)
        .OrderBy(zone => zone.Key, StringComparer.Ordinal)
        .Select(zone => new PlannedZone(zone.Key, zone.Distinct().ToEquatableArray()));

    /// <summary>A target whose zone nobody knows counts as in every one.</summary>
    public static bool IsEnabled(LoadBalancer loadBalancer, string? zone) =>
        zone is null || loadBalancer.Subnets.Any(subnet => subnet.AvailabilityZone == zone);
}
