using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// A pool whose zones are told apart is in parts: one of each zone, and itself with the members that are in none of them. Each member is
/// in one part alone, so that it is checked once, whoever sends to it, and joins and leaves by commands; an address gives to the parts that
/// are its own by how many are in service in each (<see cref="ZoneLines"/>).
/// </summary>
/// <remarks>
/// Servers of one backend that follow those of another (<c>track</c>) would be simpler, but none can follow one that was added at run time
/// (2.6.12: "unable to use … for tracking as it is a dynamic server").
/// </remarks>
internal static class ZonePools
{
    /// <summary>The parts, and the pools beside them that are unchecked: <see cref="OpenPools"/>.</summary>
    public static IEnumerable<PlannedPool> Of(PlannedLoadBalancer planned, PlannedPool pool)
    {
        var ofNone = Only(pool, member => planned.ZoneOf(member) is null);
        return OpenPools.Opened(ofNone, pool).Concat(planned.Zones.SelectMany(zone => OpenPools.Opened(
            Only(pool, member => planned.ZoneOf(member) == zone.Name) with
            {
                Name = ZonePoolName.Of(pool.Name, zone.Name),
                IsByZone = false,
                FailsOpenBelow = 0,
                FailsOpenBelowPercent = 0,
            },
            Only(pool, member => planned.ZoneOf(member) is not { } other || other == zone.Name))));
    }

    /// <summary>The parts that an address of the zone has, or one of none: their names in the plan, the pool's own last.</summary>
    public static IReadOnlyList<string> PartsOf(PlannedLoadBalancer planned, PlannedPool pool, PlannedZone? zone) =>
    [
        .. planned.Zones.Where(each => zone is null || each == zone).Select(each => ZonePoolName.Of(pool.Name, each.Name)),
        pool.Name,
    ];

    private static PlannedPool Only(PlannedPool pool, Func<PlannedMember, bool> isIn) =>
        pool with { Members = pool.Members.Where(isIn).ToEquatableArray() };
}
