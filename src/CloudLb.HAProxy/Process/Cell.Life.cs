using CloudLb.Core;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.HAProxy.Process;

/// <summary>How a cell looks after its processes, writes down what they serve, and ends or leaves them.</summary>
internal sealed partial class Cell
{
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SocketsWait = TimeSpan.FromSeconds(1);

    // After some processes that ended as soon as this the next one waits, lest nothing else gets done; TendAsync asks for it then.
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);
    private const int ShortLivesAllowed = 3;

    // No draining timeout is longer, so that a limit that is further off is that of a clock that was set back.
    private static readonly TimeSpan LongestDraining = TimeSpan.FromHours(1);
    private static readonly TimeSpan KillPause = TimeSpan.FromMilliseconds(5);

    private TimeSpan? _startedAt;
    private int _shortLives;

    /// <summary>Whether the process was started a moment ago; not of one that was found.</summary>
    private bool IsYoung => context.Clock.GetSteadyTime() - _startedAt < ShortestLife;

    /// <summary>Whether there are connections that somebody must see to an end.</summary>
    public bool IsFinishing => _old.Count > 0 || _process is { Draining.IsEmpty: false };

    /// <summary>
    /// The limit of what drains, by the steady time; at once where none is given. A time of day is kept so that the next CloudLb knows it too; here a jump of
    /// the clock must neither prolong what drains nor cut it short.
    /// </summary>
    private TimeSpan DeadlineOf(DateTimeOffset? until)
    {
        var left = until - context.Clock.GetUtcNow() ?? TimeSpan.Zero;
        return context.Clock.GetSteadyTime() + (left < LongestDraining ? left : LongestDraining);
    }

    /// <summary>Takes the limit from what the processes before have of a member that has come back.</summary>
    private void Spare(MemberName name) => _old.ForEach(old => old.Draining.TryRemove(name, out _));

    /// <summary>Cuts what has drained for long enough and lets go of old processes that have finished. Called a few times a second.</summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        if (_process is { IsAlive: false } && !IsYoung)
        {
            context.Changes.Raise();
        }

        if (!IsFinishing)
        {
            return;
        }

        using var turn = await TurnAsync(cancellationToken);
        _revision++;
        var now = context.Clock.GetSteadyTime();
        if (_process is { IsAlive: true } process)
        {
            foreach (var (name, until) in process.Draining.ToList())
            {
                await TryAsync(() => TryDeleteAsync(process, name, isCut: now >= until, cancellationToken));
            }
        }

        foreach (var old in _old)
        {
            var due = old.Draining.Where(draining => now >= draining.Value).Select(draining => draining.Key).ToList();
            var isAnswering = await TryAsync(async () =>
            {
                if (due.Count > 0)
                {
                    await old.CutSessionsAsync(due, cancellationToken);
                    due.ForEach(name => old.Draining.TryRemove(name, out _));
                }

                if (!await old.HasConnectionsAsync(cancellationToken))
                {
                    await ReadTrafficAsync(old, isLast: true, cancellationToken);
                    await old.DisposeAsync();
                }
            });
            if (!isAnswering && ProcessList.IsUnder(old.ProcessId, directory.Root))
            {
                // Nobody could cut any more what drains there.
                Log.OldHung(context.Logger, Number, old.ProcessId);
                NativeMethods.Signal(old.ProcessId, NativeMethods.SignalKill);
            }

            if (!old.IsAlive)
            {
                await old.DisposeAsync();
                _old = _old.Remove(old);
                SaveTraffic();
            }
        }
    }

    /// <summary>Ends all processes of the cell. What it served is written down, and how its members were: who starts again within a minute goes on from there.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        await EndAsync(cancellationToken);
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

    private void Watch(CellProcess process) => process.Session.Closed.Register(() =>
    {
        if (!ReferenceEquals(_process, process))
        {
            return;
        }

        Log.Died(context.Logger, Number, process.ProcessId);
        _shortLives = IsYoung ? _shortLives + 1 : 0;
        if (_shortLives < ShortLivesAllowed)
        {
            context.Changes.Raise();
        }
    });

    /// <returns>Whether the process has answered.</returns>
    private async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (RuntimeException exception)
        {
            Log.CommandFailed(context.Logger, Number, exception.Message);
            return false;
        }
    }

    /// <summary>In step with what runs, so that a start without CloudLb serves the same. Not waited for to reach the disk: all of it can be made again.</summary>
    private void WriteFiles()
    {
        _isUnwritten = true;
        var served = _entries.Values.Where(entry => entry.Served is not null).OrderBy(entry => entry.Key).ToList();
        if (_process is { } process)
        {
            _pins.Write(served.Select(entry => entry.Served!));
            PrivateFile.Write(directory.Configuration, Compose(directory.CommandSocket(process.Generation)).Text, isDurable: false);
            _written.Note(directory.Configuration);
        }

        AppliedFile.Write(directory.Applied, new AppliedProcess(_generation, _process?.ProcessId ?? 0), served.Select(entry => entry.Line(entry.Served!)));
        _written.Note(directory.Applied);
        WriteUnproven();
        _certificates.Keep(served.SelectMany(entry => CertificatesOf(entry.Served).Select(used => used.Listener)));
        _pins.Keep(served.Select(entry => entry.Served!));
        _isUnwritten = false;
    }

    private void WriteUnproven() =>
        PrivateFile.Write(directory.Unproven, string.Concat(_health.Unproven.Select(name => $"{name}\n")), isDurable: false);
}
