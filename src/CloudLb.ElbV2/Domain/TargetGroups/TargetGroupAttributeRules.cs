using CloudLb.AwsApi;

namespace CloudLb.ElbV2.Domain;

/// <summary>What holds between the attributes of a target group.</summary>
internal static class TargetGroupAttributeRules
{
    /// <summary>The group itself; throws unless its attributes go together.</summary>
    public static TargetGroup Checked(TargetGroup group) =>
        group.IsHttp && (SlowStartFault(group) ?? MitigationFault(group)) is { } clash
            ? throw Errors.InvalidConfigurationRequest.Because(clash)
        : ((group.IsHttp ? StickinessFault(group) : null) ?? ThresholdFault(group)) is { } fault
            ? throw CommonErrors.ValidationError.Because(fault)
            : group;

    /// <summary>In AWS's words (seen of weighted random).</summary>
    private static string? SlowStartFault(TargetGroup group) =>
        group.Attribute(TargetGroupAttributes.SlowStart) is not "0"
            && group.Attribute(TargetGroupAttributes.Algorithm) is not "round_robin" and var algorithm
            ? $"You cannot enable both slow start and {algorithm.Replace('_', ' ')} algorithm on a target group"
            : null;

    private static string? MitigationFault(TargetGroup group) =>
        group.Attribute(TargetGroupAttributes.AnomalyMitigation) == "on"
            && group.Attribute(TargetGroupAttributes.Algorithm) is not "weighted_random" and var algorithm
            ? $"You cannot enable both anomaly mitigation and {algorithm.Replace('_', ' ')} algorithm on a target group"
            : null;

    private static string? StickinessFault(TargetGroup group)
    {
        if (group.Attribute(TargetGroupAttributes.Stickiness) != "true")
        {
            return null;
        }

        if (group.Attribute(TargetGroupAttributes.StickinessType) == "app_cookie"
            && group.Attribute(TargetGroupAttributes.ApplicationCookie).Length == 0)
        {
            return "You must set an application cookie name to enable stickiness of type 'app_cookie'";
        }

        return group.Attribute(TargetGroupAttributes.CrossZone) == "false"
            ? "You cannot enable stickiness on a target group whose cross-zone load balancing is off"
            : null;
    }

    private static string? ThresholdFault(TargetGroup group) =>
        IsBelow(group, TargetGroupAttributes.DnsCount, TargetGroupAttributes.RoutingCount)
            || IsBelow(group, TargetGroupAttributes.DnsPercentage, TargetGroupAttributes.RoutingPercentage)
            ? "DNS failover threshold must be greater than or equal to unhealthy state routing threshold"
            : null;

    /// <summary>One that is off is no threshold.</summary>
    private static bool IsBelow(TargetGroup group, string dns, string routing) =>
        int.TryParse(group.Attribute(dns), out var above) && int.TryParse(group.Attribute(routing), out var below) && above < below;
}
