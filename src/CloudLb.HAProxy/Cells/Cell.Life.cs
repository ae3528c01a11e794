using CloudLb.Core;
using CloudLb.HAProxy.Applied;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>How a cell looks after its processes and writes down what they serve.</summary>
internal sealed partial class Cell
{
    // After some processes that ended as soon as this the next one waits, lest nothing else gets done; TendAsync asks for it then.
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);
    private const int ShortLivesAllowed = 3;

    // No draining timeout is longer, so that a limit that is further off is that of a clock that was set back.
    private static readonly TimeSpan LongestDraining = TimeSpan.FromHours(1);

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
            foreach (var (name, limit) in process.Draining.ToList())
            {
                await TryAsync(() => TryDeleteAsync(process, name, isCut: now >= limit.At, cancellationToken));
            }
        }

        foreach (var old in _old)
        {
            var isAnswering = await TryAsync(async () =>
            {
                await CutDueAsync(old, now, cancellationToken);
                if (!await old.HasConnectionsAsync(cancellationToken))
                {
                    await ReadLastTrafficAsync(old, cancellationToken);
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
        var served = _entries.Values.Where(entry => entry.Served is not null).OrderBy(entry => entry.Id).ToList();
        if (_process is { } process)
        {
            _passOn.PointTo(process.Generation);
            _passOn.Write(served.Select(entry => entry.Served!));
            _pins.Write(served.Select(entry => entry.Served!));
            PrivateFile.Write(directory.Configuration, Compose(process.Generation, process.Threads).Text, isDurable: false);
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
