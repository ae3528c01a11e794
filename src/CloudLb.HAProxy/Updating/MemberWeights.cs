using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Updating;

/// <summary>Weights as HAProxy takes them: 1 to 256.</summary>
internal static class MemberWeights
{
    private const int Maximum = 256;

    /// <summary>
    /// The same plan where all weights fit; else one that keeps the proportions within each pool as well as they fit. Where members start
    /// slowly weights are as large as they can be, so that there is room for shares of them.
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

        foreach (var member in pool.Members)
        {
            if (member.Weight > Maximum)
            {
                return false;
            }
        }

        return true;
    }

    private static PlannedPool Fitted(PlannedPool pool)
    {
        var largest = pool.Members.Select(member => member.Weight).DefaultIfEmpty(1).Max();
        return pool with
        {
            Members = pool.Members.Select(member => member with { Weight = Fitted(member.Weight, largest) }).ToEquatableArray(),
        };
    }

    private static int Fitted(int weight, int largest) => largest > Maximum
        ? Math.Max(1, (int)Math.Round((double)Maximum * weight / largest))
        : weight * (Maximum / largest);
}
