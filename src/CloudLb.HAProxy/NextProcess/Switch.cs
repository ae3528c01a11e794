using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.OldProcesses;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>
/// What happens when the next process accepts: it is the one that serves, and the one before finishes what it has. Used under the gate.
/// </summary>
internal sealed class Switch(CellContext context, MemberChecks checks, DrainLimits limits, CellFiles files, LifeWatch life, PassEnd end)
{
    public async Task SwitchAsync(CellProcess? before, CellProcess process, CancellationToken cancellationToken)
    {
        context.State.Change(state => state with { Process = process });
        life.Watch(process);
        if (before is not null)
        {
            await ShutOutAsync(before, cancellationToken);
            context.State.Change(state => state with { Old = state.Old.Add(before) });
        }

        Settle(process);
        try
        {
            files.WriteWhoServes();
        }
        finally
        {
            // Not before it is written down which one serves: a CloudLb that is killed here is followed by one that finds a process that
            // accepts. And before anything else, as until then it takes a part of what comes.
            if (before is not null)
            {
                NativeMethods.Signal(before.ProcessId, NativeMethods.SignalUser1);
            }
        }

        files.WriteRest();
        await end.EndAsync(null, hasChanged: false, cancellationToken);
    }

    /// <summary>
    /// The process before goes on with the connections that it has; nothing of them goes to a member any more that had to show a key and
    /// has not.
    /// </summary>
    private async Task ShutOutAsync(CellProcess before, CancellationToken cancellationToken)
    {
        var refused = new List<MemberName>();
        foreach (var entry in context.State.Now.Entries.Values)
        {
            if (entry is { Served: not null, Target: { } target, Planned: { } planned })
            {
                var admitted = target.ActiveMembers().Select(active => active.Name).ToHashSet();
                refused.AddRange(planned.GuardedMembers()
                    .Select(guarded => guarded.Name)
                    .Where(name => !admitted.Contains(name) && before.Servers.Contains(name)));
            }
        }

        var commands = refused.Select(MemberCommands.Remove).ToList();
        await context.TryAsync(() => MemberCommands.SendAsync(before.Session, commands, cancellationToken));
    }

    /// <summary>Takes down what the process serves, and what those before it are to end.</summary>
    private void Settle(CellProcess process)
    {
        var active = new HashSet<MemberName>();
        foreach (var entry in context.State.Now.Entries.Values)
        {
            foreach (var (_, name, member, pool) in entry.Target?.ActiveMembers() ?? [])
            {
                active.Add(name);
                process.Servers.Add(name);
                if (pool.IsChecked && checks.Health.Keep(name, member, pool.Probe).IsToBeProbed(context.Now))
                {
                    checks.Probe(name, member, pool.Probe);
                }
            }

            process.Anchors.UnionWith(entry.Target?.TrustAnchors() ?? []);
            process.Bound.UnionWith(entry.Target?.Endpoints() ?? []);
            LetGo(entry, active);
            context.State.Change(state => state.Settle(entry.Id));
        }

        checks.Health.RemoveAllBut(active);
    }

    /// <summary>What the next process does not have, the old ones finish until the time that the plan gives, or cut at once.</summary>
    private void LetGo(CellEntry entry, HashSet<MemberName> active)
    {
        foreach (var pool in entry.Served?.Pools ?? [])
        {
            var next = entry.Target?.Pools.FirstOrDefault(other => other.Name == pool.Name);
            foreach (var member in pool.Members)
            {
                var name = MemberName.Of(entry.Id, pool, member);
                var nextMember = next?.FindMember(member.Id);
                if (member.DrainingUntil is not null && nextMember is { DrainingUntil: null } && nextMember.Address.Equals(member.Address))
                {
                    limits.Spare(name);
                }
                else if (!active.Contains(name) && !IsLeft(entry, pool)
                    && !IsServedElsewhere(entry.Target, member) && !MemberChanges.DrainsOn(member, nextMember, next))
                {
                    limits.Set(name, limits.LimitOf(name, nextMember?.DrainingUntil));
                }
            }
        }
    }

    /// <summary>
    /// Nothing is sent to the pool any more by listeners that there still are: its members have not left, and what they have ends in its
    /// own time.
    /// </summary>
    private static bool IsLeft(CellEntry entry, PlannedPool pool) =>
        entry.Target is { } next
        && next.Pools.All(other => PlannedPoolName.Of(other.Name) != PlannedPoolName.Of(pool.Name))
        && entry.Served!.Listeners.Where(listener => SendsTo(listener, pool)).All(
            listener => next.Listeners.Any(other => other.Port == listener.Port));

    private static bool SendsTo(PlannedListener listener, PlannedPool pool) => listener.Rules.Select(rule => rule.Action)
        .Append(listener.DefaultAction)
        .OfType<PlannedAction.Forward>()
        .Any(forward => forward.Pools.Any(weighted => weighted.Pool == PlannedPoolName.Of(pool.Name)));

    /// <summary>
    /// The listeners that used the pool use another of the same member now, whatever its weight there, so what the old processes have of it
    /// may end in its own time.
    /// </summary>
    private static bool IsServedElsewhere(PlannedLoadBalancer? next, PlannedMember member) =>
        member.DrainingUntil is null
        && next?.Pools.Any(pool => pool.FindMember(member.Id) is { } same && same with { Weight = member.Weight } == member) == true;
}
