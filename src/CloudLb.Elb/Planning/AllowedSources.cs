using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Planning;

/// <summary>Who may connect to a listener, by the ingress rules of the load balancer's security groups.</summary>
internal static class AllowedSources
{
    /// <summary>
    /// The networks that the rules let in; null for everyone. Groups whose rules the inventory does not know add nothing, and where it
    /// knows none of the groups' rules everyone is let in.
    /// </summary>
    public static EquatableArray<string>? Of(LoadBalancer loadBalancer, int port, IInventory inventory)
    {
        var known = loadBalancer.SecurityGroups
            .Select(id => inventory.Listed.SecurityGroups.GetValueOrDefault(id)?.Ingress)
            .OfType<EquatableArray<IngressRule>>()
            .ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var sources = known.SelectMany(rules => rules).Where(rule => rule.CoversTcp(port)).SelectMany(rule => rule.Sources)
            .Distinct().Order(StringComparer.Ordinal).ToEquatableArray();
        return sources.Contains(IngressRule.EveryIPv4) && sources.Contains(IngressRule.EveryIPv6) ? null : sources;
    }
}
