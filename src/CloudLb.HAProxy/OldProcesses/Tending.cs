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

        foreach (var old in state.Old)
        {
            await TendAsync(old, now, cancellationToken);
        }
    }

    private async Task TendAsync(CellProcess old, TimeSpan now, CancellationToken cancellationToken)
    {
        var isAnswering = await context.TryAsync(async () =>
        {
            await old.CutDueAsync(now, cancellationToken);
            if (!await old.HasConnectionsAsync(cancellationToken))
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
            context.State.Change(state => state with { Old = state.Old.Remove(old) });
            traffic.Save();
        }
    }
}
