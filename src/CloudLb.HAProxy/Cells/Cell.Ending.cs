using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>How a cell ends its processes, or leaves them to the next CloudLb.</summary>
internal sealed partial class Cell
{
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SocketsWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillPause = TimeSpan.FromMilliseconds(5);

    /// <summary>Ends all processes of the cell. What it served is written down, and how its members were: who starts again within a minute goes on from there.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        await EndAsync(cancellationToken);
        _certificates.Clear();
        directory.LeaveMemory();
        WriteFiles();
        WriteStateFile();
        KeepStateFile();
    }

    /// <summary>Lets the processes go on by themselves.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        var processes = _old.Append(_process).OfType<CellProcess>().ToList();
        _process = null;
        foreach (var process in processes)
        {
            await process.LeaveAsync();
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        var processes = _old.Append(_process).OfType<CellProcess>().ToList();
        foreach (var process in processes.Where(process => process.IsAlive))
        {
            await TryAsync(() => ReadTrafficAsync(process, isLast: false, cancellationToken));
        }

        SaveTraffic();
        _process = null;
        _old = [];
        foreach (var process in processes)
        {
            if (ProcessList.IsUnder(process.ProcessId, directory.Root))
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

    /// <summary>Ends all processes, as nothing is left to serve.</summary>
    private async Task EndUnneededAsync(CancellationToken cancellationToken)
    {
        await EndAsync(cancellationToken);
        foreach (var entry in _entries.Values)
        {
            entry.Served = null;
        }

        WriteFiles();
    }

    /// <summary>Ends all processes of this cell, those included that nobody can speak to any more.</summary>
    private async Task EndStraysAsync(CancellationToken cancellationToken)
    {
        // Looked for once more, as one that has just begun shows itself only when it has left its parent.
        while (ProcessList.Under(directory.Root) is { Count: > 0 } strays)
        {
            foreach (var processId in strays)
            {
                await KillAsync(processId, context.Options.Value.StopTimeout, cancellationToken);
            }
        }

        directory.DeleteSockets();
    }

    /// <summary>Ends the one process of this cell that hangs at once, and lets the others finish that nobody can speak to any more.</summary>
    private async Task EndStraysAsync(int hung, CancellationToken cancellationToken)
    {
        foreach (var processId in ProcessList.Under(directory.Root))
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
        directory.DeleteSockets();
    }

    /// <summary>
    /// Ends what a start that failed has left: one that is killed after it went to the background leaves a process that accepts connections beside the one
    /// that serves, and keeps its ports.
    /// </summary>
    /// <param name="since">When the start began, by <see cref="ProcessList.Uptime"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task EndBegunAsync(TimeSpan since, CancellationToken cancellationToken)
    {
        foreach (var stray in ProcessList.Under(directory.Root).Where(processId => ProcessList.HasBegun(processId, since)))
        {
            await KillAsync(stray, TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>Ends for good a process that cannot be spoken to any more, if it has not ended by itself.</summary>
    private async Task EndSilentAsync(CellProcess process, CancellationToken cancellationToken)
    {
        await process.DisposeAsync();
        if (ProcessList.IsUnder(process.ProcessId, directory.Root))
        {
            Log.Hung(context.Logger, Number, process.ProcessId);
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
        for (var since = context.Clock.GetTimestamp(); ProcessList.IsUnder(processId, directory.Root);)
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
    /// Returns when a process that is ending has closed its sockets: until then its ports seem taken, and its session and its command line go before.
    /// </summary>
    private async Task HasClosedAsync(int processId, CancellationToken cancellationToken)
    {
        for (var since = context.Clock.GetTimestamp(); !ProcessList.HasEnded(processId) && context.Clock.GetElapsedTime(since) < SocketsWait;)
        {
            await Task.Delay(KillPause, context.Clock, cancellationToken);
        }
    }
}
