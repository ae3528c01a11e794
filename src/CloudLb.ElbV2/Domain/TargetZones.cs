using CloudLb.Core.Inventory;

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

    /// <summary>A target whose zone nobody knows counts as in every one.</summary>
    public static bool IsEnabled(LoadBalancer loadBalancer, string? zone) =>
        zone is null || loadBalancer.Subnets.Any(subnet => subnet.AvailabilityZone == zone);
}
