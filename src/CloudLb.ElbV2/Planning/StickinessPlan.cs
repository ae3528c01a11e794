using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What the stickiness of a target group means for the traffic.</summary>
internal static class StickinessPlan
{
    /// <summary>Null where clients do not stay with a target, and without HTTP: there it is a matter of how the group balances.</summary>
    public static PlannedStickiness? Of(TargetGroup group, LoadBalancer loadBalancer)
    {
        if (!group.KeepsClients)
        {
            return null;
        }

        var key = KeyOf(loadBalancer);
        return group.Attribute(TargetGroupAttributes.StickinessType) == "app_cookie"
            ? new(key, "AWSALBAPP-0", null, Seconds(TargetGroupAttributes.ApplicationCookieDuration),
                group.Attribute(TargetGroupAttributes.ApplicationCookie))
            {
                IsRenewed = true,
                EmptyCookies = ["AWSALBAPP-1", "AWSALBAPP-2", "AWSALBAPP-3"],
            }
            : new(key, "AWSALB", "AWSALBCORS", Seconds(TargetGroupAttributes.LoadBalancerCookieDuration), null) { IsRenewed = true };

        long Seconds(string attribute) => long.Parse(group.Attribute(attribute), CultureInfo.InvariantCulture);
    }

    /// <summary>Null where clients do not stay with a group of the action.</summary>
    public static PlannedPoolStickiness? Of(ForwardAction forward, LoadBalancer loadBalancer) =>
        forward is { IsSticky: true, StickinessSeconds: { } seconds }
            ? new(KeyOf(loadBalancer), "AWSALBTG", "AWSALBTGCORS", seconds)
            : null;

    /// <summary>One that has none is told by what only its account knows.</summary>
    private static string KeyOf(LoadBalancer loadBalancer) =>
        loadBalancer.StickinessKey ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(loadBalancer.Arn.ToString())))[..32];
}
