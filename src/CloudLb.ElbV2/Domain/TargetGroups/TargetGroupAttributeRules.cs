using CloudLb.AwsApi;

namespace CloudLb.ElbV2.Domain;

/// <summary>What holds between the attributes of a target group.</summary>
internal static class TargetGroupAttributeRules
{
    /// <summary>The group itself; throws unless its attributes go together.</summary>
    public static TargetGroup Checked(TargetGroup group) =>
        (group.IsHttp ? Fault(group) : null) is { } fault ? throw CommonErrors.ValidationError.Because(fault) : group;

    private static string? Fault(TargetGroup group)
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
}
