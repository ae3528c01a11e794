using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Updating;

/// <summary>Weights as HAProxy takes them: 1 to 256.</summary>
internal static class MemberWeights
{
    private const int Maximum = 256;

    // Members that are drawn, or found by a hash, stand at 16 places of a ring for each 1 of their weight, and have what lies between these
    // and the next: with 16 places the four of a pool were given 29, 28, 25 and 18 of a hundred requests, with 320 places 26, 25, 25 and 24
    // (2.6.12). These take 15 KB a member, and the start of a process with a thousand of them 80 ms. So that one may weigh a tenth, as an
    // anomalous one does, while the others stay as they are, it is a multiple of ten.
    private const int OnRing = 20;

    /// <summary>
    /// The same plan where all weights fit; else one that keeps the proportions within each pool as well as they fit. Where members start
    /// slowly weights are as large as they can be, so that there is room for shares of them; where they stand on a ring, large enough for
    /// even shares.
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

        return largest <= Maximum && (!IsRing(pool) || largest is 0 or > OnRing / 2);
    }

    private static bool IsRing(PlannedPool pool) => pool.Balance is PoolBalance.Random or PoolBalance.Source;

    private static PlannedPool Fitted(PlannedPool pool)
    {
        var largest = pool.Members.Select(member => member.Weight).DefaultIfEmpty(1).Max();
        var wanted = pool.SlowStart > TimeSpan.Zero ? Maximum : OnRing;
        return pool with
        {
            Members = pool.Members.Select(member => member with { Weight = Fitted(member.Weight, largest, wanted) }).ToEquatableArray(),
        };
    }

    private static int Fitted(int weight, int largest, int wanted) => largest > Maximum
        ? Math.Max(1, (int)Math.Round((double)Maximum * weight / largest))
        : weight * Math.Max(1, wanted / largest);
}
