using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Updating;

/// <summary>Weights as HAProxy takes them: 1 to 256.</summary>
internal static class MemberWeights
{
    private const int Maximum = 256;

    /// <summary>The same plan where all weights fit; else one that keeps the proportions within each pool as well as they fit.</summary>
    public static PlannedLoadBalancer Fitted(PlannedLoadBalancer planned) => planned.Pools.All(Fits)
        ? planned
        : planned with { Pools = planned.Pools.Select(pool => Fits(pool) ? pool : Fitted(pool)).ToEquatableArray() };

    private static bool Fits(PlannedPool pool)
    {
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
        var largest = pool.Members.Max(member => member.Weight);
        return pool with
        {
            Members = pool.Members
                .Select(member => member with { Weight = Math.Max(1, (int)Math.Round((double)Maximum * member.Weight / largest)) })
                .ToEquatableArray(),
        };
    }
}
