namespace CloudLb.ElbV2.Domain;

/// <summary>Which zones a load balancer sends to.</summary>
internal static class TargetZones
{
    /// <summary>A target whose zone nobody knows counts as in every one.</summary>
    public static bool IsEnabled(LoadBalancer loadBalancer, string? zone) =>
        zone is null || loadBalancer.Subnets.Any(subnet => subnet.AvailabilityZone == zone);
}
