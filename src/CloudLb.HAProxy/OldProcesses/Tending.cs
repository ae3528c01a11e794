using CloudLb.HAProxy.Counters;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.OldProcesses;

/// <summary>Cuts what has drained for long enough and lets go of old processes that have finished. Used under the gate.</summary>
internal sealed class Tending(CellContext context, Removal removal, TrafficReader traffic)
{
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        var state = context.State.Now;
        var now = context.Now;
        if (state.Running is { } process)
        {
            foreach (var (name, limit) in process.Draining.ToList())
            {
                await context.TryAsync(() => removal.TryDeleteAsync(process, name, isCut: now >= limit.At, cancellationToken));
            }
        }

        var finishing = new List<(CellProcess Process, int Connections)>();
        foreach (var old in state.Old)
        {
            if (await TendAsync(old, now, cancellationToken) is > 0 and var connections)
            {
                finishing.Add((old, connections));
            }
        }

        // Somebody who keeps a connection through each hand-over would have as many processes as there is memory. Whose connections are
        // many, as those of other load balancers in the same process, keep it the longest.
        foreach (var (old, connections) in finishing
            .OrderBy(each => each.Connections)
            .Take(Math.Max(finishing.Count - context.Options.MaxOldProcesses, 0)))
        {
            CellLog.OldGivenUp(context.Logger, context.Number, old.ProcessId, finishing.Count, connections);
            await context.TryAsync(() => traffic.ReadLastAsync(old, cancellationToken));
            NativeMethods.Signal(old.ProcessId, NativeMethods.SignalEnd);
            await old.DisposeAsync();
            LetGo(old);
        }
    }

    /// <summary>How many connections it still has.</summary>
    private async Task<int> TendAsync(CellProcess old, TimeSpan now, CancellationToken cancellationToken)
    {
        var connections = 0;
        var isAnswering = await context.TryAsync(async () =>
        {
            await old.CutDueAsync(now, cancellationToken);
            connections = await old.ConnectionsAsync(cancellationToken);
            if (connections == 0)
            {
                await traffic.ReadLastAsync(old, cancellationToken);
                await old.DisposeAsync();
            }
        });
        if (!isAnswering && ProcessList.IsUnder(old.ProcessId, context.Directory.Root))
        {
            // Nobody could cut any more what drains there.
            CellLog.OldHung(context.Logger, context.Number, old.ProcessId);
            NativeMethods.Signal(old.ProcessId, NativeMethods.SignalKill);
        }

        if (!old.IsAlive)
        {
            await old.DisposeAsync();
            LetGo(old);
        }

        return connections;
    }

    private void LetGo(CellProcess old)
    {
        context.State.Change(state => state with { Old = state.Old.Remove(old) });
        traffic.Save();
    }
}
