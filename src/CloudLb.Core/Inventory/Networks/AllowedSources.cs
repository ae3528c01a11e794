namespace CloudLb.Core.Inventory;

/// <summary>Who may connect to a listener, by the ingress rules of the load balancer's security groups.</summary>
public static class AllowedSources
{
    /// <summary>
    /// The networks that the rules let in; null for everyone. Groups whose rules the inventory does not know add nothing, and where it
    /// knows none of the groups' rules everyone is let in.
    /// </summary>
    /// <param name="securityGroups">Ids of the load balancer's groups.</param>
    /// <param name="port">The listener's.</param>
    /// <param name="inventory">What knows their rules.</param>
    /// <param name="ofDatagrams">Whether it takes datagrams, which other rules are about than connections.</param>
    public static EquatableArray<string>? Of(
        EquatableArray<string> securityGroups, int port, IInventory inventory, bool ofDatagrams = false)
    {
        var known = securityGroups
            .Select(id => inventory.Listed.SecurityGroups.GetValueOrDefault(id)?.Ingress)
            .OfType<EquatableArray<IngressRule>>()
            .ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var sources = known
            .SelectMany(rules => rules)
            .Where(rule => ofDatagrams ? rule.CoversUdp(port) : rule.CoversTcp(port))
            .SelectMany(rule => rule.Sources)
            .Distinct().Order(StringComparer.Ordinal).ToEquatableArray();
        return sources.Contains(IngressRule.EveryIPv4) && sources.Contains(IngressRule.EveryIPv6) ? null : sources;
    }
}
