using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.OldProcesses;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy.Cells;

/// <summary>
/// A pass over what is planned for a cell: what commands to the running process can do is done, and the rest asked for. Used under the
/// gate.
/// </summary>
internal sealed class CellPass(
    CellContext context, Examination examination, LoadBalancerTexts texts, RuntimeUpdate update, PassEnd end, Ending ending)
{
    /// <returns>Why a hand-over is needed for the rest; null when all is done.</returns>
    public async Task<string?> UpdateAsync(CancellationToken cancellationToken)
    {
        if (context.State.Now.Process is { IsAlive: false } silent)
        {
            await ending.EndSilentAsync(silent, cancellationToken);
        }

        var state = context.State.Now;
        var running = state.Running;
        var reason = running is not null ? state.Drift : state.Process is null ? "start" : "process died";
        var threads = state.Process?.Threads ?? 1;
        var changes = new RuntimeChanges(threads, texts.By(threads));
        var updated = new List<LoadBalancerId>();
        foreach (var key in state.Entries.Values
            .Where(entry => running is null || state.Changed.Contains(entry.Id) || entry.Faults.Count > 0)
            .Select(entry => entry.Id))
        {
            examination.Examine(key);
            if (running is not null && Compare(key, changes, updated) is { } why)
            {
                reason ??= why;
            }
        }

        if (running is not null && updated.Count > 0)
        {
            reason = await update.TryAsync(running, changes, updated, cancellationToken) ?? reason ?? context.State.Now.Drift;
        }

        return await end.EndAsync(reason, updated.Count > 0, cancellationToken);
    }

    /// <summary>Finds out what it takes to serve one load balancer as it is to be.</summary>
    /// <returns>Why it takes a hand-over; null when it does not.</returns>
    private string? Compare(LoadBalancerId key, RuntimeChanges changes, List<LoadBalancerId> updated)
    {
        var entry = context.State.Now.Find(key)!;
        var (kind, why) = PlanDiff.Compare(entry.Served, entry.Target, changes.Render);
        switch (kind)
        {
            case UpdateKind.HandOver:
                // It may be put off: it must be asked for again by the next pass, also where nothing but a fault that is gone has changed.
                context.State.Change(state => state with { Changed = state.Changed.Add(key) });
                return why;
            case UpdateKind.Commands:
                changes.Collect(entry.Served!, entry.Target);
                updated.Add(key);
                return null;
            default:
                context.State.Change(state => state.Settle(key));
                return null;
        }
    }
}
