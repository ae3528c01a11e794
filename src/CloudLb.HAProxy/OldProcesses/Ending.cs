using CloudLb.HAProxy.Counters;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.OldProcesses;

/// <summary>How a cell's processes are ended, and when one that is ending holds no port any more. Used under the gate.</summary>
internal sealed class Ending(CellContext context, TrafficReader traffic)
{
    // SIGTERM ends HAProxy at once; one that takes longer hangs.
    private static readonly TimeSpan EndWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SocketsWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillPause = TimeSpan.FromMilliseconds(5);

    private string Root => context.Directory.Root;

    /// <summary>Ends all processes of the cell.</summary>
    /// <param name="patience">How long what is under way may take; zero cuts it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task EndAllAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var processes = context.State.Now.Processes;
        await SoftStop.FinishAsync(
            [.. processes.Where(process => process.IsAlive).Select(process => (process.ProcessId, process.Session))],
            patience,
            context.Clock,
            cancellationToken);
        foreach (var process in processes.Where(process => process.IsAlive))
        {
            await context.TryAsync(() => traffic.ReadAsync(process, cancellationToken));
        }

        traffic.Save();
        context.State.Change(state => state with { Process = null, Old = [] });
        foreach (var process in processes)
        {
            if (ProcessList.IsUnder(process.ProcessId, Root))
            {
                NativeMethods.Signal(process.ProcessId, NativeMethods.SignalEnd);
            }

            await process.DisposeAsync();
        }

        await EndStraysAsync(cancellationToken);
        foreach (var process in processes)
        {
            await HasClosedAsync(process.ProcessId, cancellationToken);
        }
    }

    /// <summary>Lets the processes go on by themselves.</summary>
    public async Task LeaveAllAsync()
    {
        var processes = context.State.Now.Processes;
        context.State.Change(state => state with { Process = null });
        foreach (var process in processes)
        {
            await process.LeaveAsync();
        }
    }

    /// <summary>Ends all processes of this cell, those included that nobody can speak to any more.</summary>
    public async Task EndStraysAsync(CancellationToken cancellationToken)
    {
        // Looked for once more, as one that has just begun shows itself only when it has left its parent.
        while (ProcessList.Under(Root) is { Count: > 0 } strays)
        {
            foreach (var processId in strays)
            {
                await KillAsync(processId, EndWait, cancellationToken);
            }
        }

        context.Directory.DeleteSockets();
    }

    /// <summary>
    /// Ends the one process of this cell that hangs at once, and lets the others finish that nobody can speak to any more.
    /// </summary>
    public async Task EndHungAsync(int hung, CancellationToken cancellationToken)
    {
        foreach (var processId in ProcessList.Under(Root))
        {
            if (processId == hung)
            {
                await KillAsync(processId, TimeSpan.Zero, cancellationToken);
            }
            else
            {
                NativeMethods.Signal(processId, NativeMethods.SignalUser1);
            }
        }

        await HasClosedAsync(hung, cancellationToken);
        context.Directory.DeleteSockets();
    }

    /// <summary>
    /// Ends what a start that failed has left: one that is killed after it went to the background leaves a process that accepts connections
    /// beside the one that serves, and keeps its ports.
    /// </summary>
    /// <param name="since">When the start began, by <see cref="ProcessList.Uptime"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task EndBegunAsync(TimeSpan since, CancellationToken cancellationToken)
    {
        foreach (var stray in ProcessList.Under(Root).Where(processId => ProcessList.HasBegun(processId, since)))
        {
            await KillAsync(stray, TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>Ends for good a process that cannot be spoken to any more, if it has not ended by itself.</summary>
    public async Task EndSilentAsync(CellProcess process, CancellationToken cancellationToken)
    {
        await process.DisposeAsync();
        if (ProcessList.IsUnder(process.ProcessId, Root))
        {
            CellLog.Hung(context.Logger, context.Number, process.ProcessId);
            await KillAsync(process.ProcessId, TimeSpan.Zero, cancellationToken);
        }
        else
        {
            await HasClosedAsync(process.ProcessId, cancellationToken);
        }
    }

    private async Task KillAsync(int processId, TimeSpan wait, CancellationToken cancellationToken)
    {
        NativeMethods.Signal(processId, NativeMethods.SignalEnd);
        for (var since = context.Clock.GetTimestamp(); ProcessList.IsUnder(processId, Root);)
        {
            var elapsed = context.Clock.GetElapsedTime(since);
            if (elapsed > wait + KillWait)
            {
                throw new HAProxyException($"The HAProxy process {processId} does not end, not even by SIGKILL.");
            }

            if (elapsed >= wait)
            {
                NativeMethods.Signal(processId, NativeMethods.SignalKill);
            }

            await Task.Delay(KillPause, context.Clock, cancellationToken);
        }

        await HasClosedAsync(processId, cancellationToken);
    }

    /// <summary>
    /// Returns when a process that is ending has closed its sockets: until then its ports seem taken, and its session and its command line
    /// go before.
    /// </summary>
    private async Task HasClosedAsync(int processId, CancellationToken cancellationToken)
    {
        var since = context.Clock.GetTimestamp();
        while (!ProcessList.HasEnded(processId) && context.Clock.GetElapsedTime(since) < SocketsWait)
        {
            await Task.Delay(KillPause, context.Clock, cancellationToken);
        }
    }
}
