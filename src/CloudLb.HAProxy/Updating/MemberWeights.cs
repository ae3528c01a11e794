using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Updating;

/// <summary>Weights as HAProxy takes them: 1 to 256.</summary>
internal static class MemberWeights
{
    private const int Maximum = 256;

    // Drawn members stand at 16 places of a ring for each 1 of their weight, and have what lies between these and the next: with 16 places
    // the four of a pool were given 29, 28, 25 and 19 of a hundred requests (2.6.12). With 256 places it is a sixteenth more or less. A
    // place takes some 60 bytes.
    private const int Drawn = 16;

    /// <summary>
    /// The same plan where all weights fit; else one that keeps the proportions within each pool as well as they fit. Where members start
    /// slowly weights are as large as they can be, so that there is room for shares of them; where they are drawn, large enough for even
    /// shares.
    /// </summary>
    public static PlannedLoadBalancer Fitted(PlannedLoadBalancer planned) => planned.Pools.All(Fits)
        ? planned
        : planned with { Pools = planned.Pools.Select(pool => Fits(pool) ? pool : Fitted(pool)).ToEquatableArray() };

    private static bool Fits(PlannedPool pool)
    {
        if (pool.SlowStart > TimeSpan.Zero)
        {
            return false;
        }

        var largest = 0;
        foreach (var member in pool.Members)
        {
            largest = Math.Max(largest, member.Weight);
        }

        return largest <= Maximum && (pool.Balance != PoolBalance.Random || largest is 0 or >= Drawn);
    }

    private static PlannedPool Fitted(PlannedPool pool)
    {
        var largest = pool.Members.Select(member => member.Weight).DefaultIfEmpty(1).Max();
        var wanted = pool.SlowStart > TimeSpan.Zero ? Maximum : Drawn;
        return pool with
        {
            Members = pool.Members.Select(member => member with { Weight = Fitted(member.Weight, largest, wanted) }).ToEquatableArray(),
        };
    }

    private static int Fitted(int weight, int largest, int wanted) => largest > Maximum
        ? Math.Max(1, (int)Math.Round((double)Maximum * weight / largest))
        : weight * Math.Max(1, wanted / largest);
}
