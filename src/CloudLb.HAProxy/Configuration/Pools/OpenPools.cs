using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// A pool that gives all of its members traffic while too few are in service has a second one beside it with the same members, unchecked,
/// and each request goes to the one or the other. So HAProxy decides by itself, at once, and members join and leave both by commands.
/// </summary>
internal static class OpenPools
{
    /// <summary>The plan with the second pools, and with those of zones.</summary>
    public static PlannedLoadBalancer Added(PlannedLoadBalancer planned) => planned.Pools.Any(pool => IsOpening(pool) || pool.IsByZone)
        ? planned with
        {
            Pools = planned.Pools.SelectMany(pool => pool.IsByZone ? ZonePools.Of(planned, pool) : Opened(pool, pool))
                .OrderBy(pool => pool.Name, StringComparer.Ordinal).ToEquatableArray(),
        }
        : planned;

    /// <summary>A pool with the second one, where there is one.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="all">Who is given traffic while it is open.</param>
    public static IEnumerable<PlannedPool> Opened(PlannedPool pool, PlannedPool all) => IsOpening(all)
        ? [pool, Open(all) with { Name = OpenPoolName.Of(pool.Name) }]
        : [pool];

    /// <summary>
    /// When requests go where: conditions of which exactly one holds at each moment, each with the section that they then go to.
    /// </summary>
    public static IEnumerable<(string Condition, string Section)> Choices(PlannedLoadBalancer planned, string pool)
    {
        var section = ProxyName.OfPool(planned.Id, pool);
        if (planned.Pools.FirstOrDefault(each => each.Name == pool) is not { } of || !IsOpening(of))
        {
            return [("", section)];
        }

        var open = ProxyName.OfPool(planned.Id, OpenPoolName.Of(pool));
        var up = $"nbsrv({Name.Checked(section)})";
        if (of.FailsOpenBelowPercent == 0)
        {
            return [($"{{ {up} lt {of.FailsOpenBelow} }}", open), ($"{{ {up} ge {of.FailsOpenBelow} }}", section)];
        }

        // All of the unchecked ones are up. An expression is held against a variable, which this condition, that always holds, sets first.
        var wanted = $"{{ nbsrv({Name.Checked(open)}),mul({of.FailsOpenBelowPercent}),set-var(txn.wanted) -m int ge 0 }}";
        var share = $"{up},mul(100),sub(txn.wanted)";
        return
        [
            ($"{{ {up} lt {of.FailsOpenBelow} }}", open),
            ($"{{ {up} ge {of.FailsOpenBelow} }} {wanted} {{ {share} -m int lt 0 }}", open),
            ($"{{ {up} ge {of.FailsOpenBelow} }} {wanted} {{ {share} -m int ge 0 }}", section),
        ];
    }

    /// <summary>
    /// The same choice as one word that is computed when a request goes there, so that the rules before are looked at once; null where a
    /// number of members is not all that decides.
    /// </summary>
    public static string? Choice(PlannedLoadBalancer planned, string pool)
    {
        if (planned.Pools.FirstOrDefault(each => each.Name == pool) is not
            { FailsOpenBelow: > 0, FailsOpenBelowPercent: 0, IsByZone: false } of)
        {
            return null;
        }

        var section = Name.Checked(ProxyName.OfPool(planned.Id, pool));
        return $"%[nbsrv({section}),div({of.FailsOpenBelow}),bool,iif({section},{OpenPoolName.Of(section)})]";
    }

    /// <summary>
    /// Whether it gives all of its members traffic as soon as none is in service, and not before, wherever that comes from.
    /// </summary>
    public static bool IsBelowOne(PlannedLoadBalancer planned, string pool) =>
        planned.Pools.FirstOrDefault(each => each.Name == pool) is { FailsOpenBelow: 1, FailsOpenBelowPercent: 0, IsByZone: false };

    private static bool IsOpening(PlannedPool pool) => pool.FailsOpenBelow > 0 || pool.FailsOpenBelowPercent > 0;

    private static PlannedPool Open(PlannedPool pool) => pool with
    {
        IsByZone = false,
        IsChecked = false,
        IsClosedOnFailure = false,
        FailsOpenBelow = 0,
        FailsOpenBelowPercent = 0,
        SlowStart = TimeSpan.Zero,
    };
}
