using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Nginx.Configuration;

/// <summary>
/// A listener that sends to a pool whose zones are told apart is one for each zone, at that zone's addresses and with the members that
/// these have, and itself with all members at what is left. Of several pools those whose zones are not told apart are the same in each.
/// </summary>
internal static class ZoneParts
{
    /// <param name="planned">Whose listener it is.</param>
    /// <param name="listener">The listener.</param>
    /// <returns>Those that are anywhere.</returns>
    public static IEnumerable<PlannedListener> Of(PlannedLoadBalancer planned, PlannedListener listener)
    {
        var byZone = planned.Pools.Where(pool => pool.IsByZone).Select(pool => pool.Name).ToHashSet();
        return listener.DefaultAction is PlannedAction.Forward forward && forward.Pools.Any(each => byZone.Contains(each.Pool))
            ? planned.Zones
                .Select(zone => listener with
                {
                    SharedAt = null,
                    NotAt = listener.NotAt.Concat(planned.Addresses.Except(zone.Addresses)).ToEquatableArray(),
                    DefaultAction = forward with
                    {
                        Pools = forward.Pools
                            .Select(each => byZone.Contains(each.Pool) ? each with { Pool = NameOf(each.Pool, zone) } : each)
                            .ToEquatableArray(),
                    },
                })
                .Append(listener with
                {
                    NotAt = listener.NotAt.Concat(planned.Zones.SelectMany(zone => zone.Addresses)).ToEquatableArray(),
                })
                .Where(part => StreamConfiguration.PlacesOf(part, planned.Addresses).Any())
            : [listener];
    }

    /// <summary>A pool, and what each zone has of it.</summary>
    public static IEnumerable<PlannedPool> Of(PlannedLoadBalancer planned, PlannedPool pool) => pool.IsByZone
        ? planned.Zones
            .Select(zone => pool with
            {
                Name = NameOf(pool.Name, zone),
                Members = pool.Members.Where(member => planned.ZoneOf(member) is not { } other || other == zone.Name).ToEquatableArray(),
            })
            .Append(pool)
        : [pool];

    // No planned pool's name has a dot in it; none is written.
    private static string NameOf(string pool, PlannedZone zone) => $"{pool}.in.{zone.Name}";
}
