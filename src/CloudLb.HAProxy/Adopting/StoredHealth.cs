using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Adopting;

/// <summary>What an earlier CloudLb knew of the members of a cell.</summary>
internal static class StoredHealth
{
    // What was known longer ago says little; members are then checked like new ones, which takes milliseconds.
    private static readonly TimeSpan StateAge = TimeSpan.FromMinutes(1);

    /// <summary>Takes it up: of members that a process still runs with, all that are not listed as unproven have passed a check.</summary>
    /// <returns>What is written down.</returns>
    public static IEnumerable<ServerState> Read(CellContext context, HealthTable health, bool isRunning)
    {
        var unproven = File.Exists(context.Directory.Unproven) ? File.ReadAllLines(context.Directory.Unproven).ToHashSet() : [];
        var states = ReadStates(context);
        foreach (var (_, name, member, pool) in context.State.Now.Served.SelectMany(served => served.CheckedMembers()))
        {
            var state = states.GetValueOrDefault(name);
            if (!unproven.Contains(name.ToString()) && (isRunning || state is { IsSeen: true }))
            {
                health.Set(name, MemberHealth.New(member, pool.Probe) with { IsUnproven = false, IsUp = state?.IsUp ?? false });
            }
        }

        return states.Values;
    }

    private static Dictionary<MemberName, ServerState> ReadStates(CellContext context)
    {
        var file = context.Directory.StateFile;
        var isFresh = File.Exists(file) && context.Clock.GetUtcNow() - File.GetLastWriteTimeUtc(file) < StateAge;
        var states = isFresh ? ServerStateText.Read(File.ReadAllText(file)) : [];
        return states.DistinctBy(state => state.Name).ToDictionary(state => state.Name);
    }
}
