using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Nginx.Configuration;

/// <summary>Which members of a pool are given its new flows.</summary>
internal static class PoolMembers
{
    /// <param name="pool">The pool.</param>
    /// <param name="health">What the checks say of its members.</param>
    /// <param name="isServed">
    /// Whether a member is given flows now: one of which nothing is known yet, as when CloudLb has just come back, stays as it is.
    /// </param>
    public static IReadOnlyList<PlannedMember> Of(
        PlannedPool pool, Func<MemberId, ObservedHealth?> health, Func<PlannedMember, bool> isServed)
    {
        var active = pool.Members.Where(member => member.DrainingUntil is null).ToList();
        var passing = active.Where(member => !pool.IsChecked || IsInService(member)).ToList();
        var isOpen = passing.Count < pool.FailsOpenBelow || passing.Count * 100L < active.Count * (long)pool.FailsOpenBelowPercent;
        return isOpen ? active : passing;

        bool IsInService(PlannedMember member) => health(member.Id) is { } known ? known == ObservedHealth.Passing : isServed(member);
    }
}
