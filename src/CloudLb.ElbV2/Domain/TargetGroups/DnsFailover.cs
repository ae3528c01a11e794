namespace CloudLb.ElbV2.Domain;

/// <summary>How many targets must be healthy for names to lead there: <c>target_group_health.dns_failover</c>.</summary>
internal static class DnsFailover
{
    /// <summary>Whether there are as many as both thresholds ask for; one that is off asks for none.</summary>
    /// <param name="group">Whose attributes say so.</param>
    /// <param name="healthy">How many are.</param>
    /// <param name="all">Of how many.</param>
    public static bool IsMet(TargetGroup group, int healthy, int all) =>
        (!int.TryParse(group.Attribute(TargetGroupAttributes.DnsCount), out var count) || healthy >= count)
        && (!int.TryParse(group.Attribute(TargetGroupAttributes.DnsPercentage), out var percentage)
            || healthy * 100L >= (long)percentage * all);
}
