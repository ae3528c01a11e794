using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// A pool that a load balancer gets besides or instead of one it has, because a listener or a setting came or went, has the same members,
/// checked in the same way: what is known of them holds for it too, and nobody has to wait until they are checked once more. So it is with
/// the parts of a pool whose zones are told apart from now on, or no longer.
/// </summary>
internal static class SharedHealth
{
    public static void Share(CellState state, HealthTable health)
    {
        foreach (var (before, after) in state.Entries.Values.Select(entry => (entry.Served, entry.Target)))
        {
            if (before is null || after is null || before == after)
            {
                continue;
            }

            var served = before.CheckedMembers().ToList();
            var names = served.Select(active => active.Name).ToHashSet();
            var ofPlan = served.DistinctBy(PlaceOf).ToDictionary(PlaceOf);
            var byTarget = served.DistinctBy(active => active.Member.Target).ToDictionary(active => active.Member.Target);
            foreach (var active in after.CheckedMembers().Where(active => !names.Contains(active.Name)))
            {
                if (ofPlan.TryGetValue(PlaceOf(active), out var moved)
                    && moved.Probe == active.Probe && moved.Member.Address.Equals(active.Member.Address)
                    && health.Find(moved.Name) is { } seen)
                {
                    health.Set(active.Name, seen);
                }
                else if (byTarget.TryGetValue(active.Member.Target, out var same)
                    && active.Probe.Port is not null && same.Probe == active.Probe && same.Member.Address.Equals(active.Member.Address)
                    && health.Find(same.Name) is { } known)
                {
                    health.Set(active.Name, known with { Port = active.Member.Port });
                }
            }
        }
    }

    /// <summary>Which member of which pool of the plan it is, in whatever part of that.</summary>
    private static (string Pool, MemberId Member) PlaceOf(NamedMember active) =>
        (PlannedPoolName.Of(active.Pool.Name), active.Member.Id);
}
