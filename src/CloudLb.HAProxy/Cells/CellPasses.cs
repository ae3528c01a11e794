using CloudLb.Core.Resources;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy.Cells;

/// <summary>
/// A pass over all cells: each that has something to do is updated, and then those that need it hand over, as often as
/// <see cref="HandOverPace"/> has it. Called by one at a time.
/// </summary>
internal sealed class CellPasses(CellMap cells, ChangeSignal changes, TimeProvider clock) : IDisposable
{
    // A pass waits this long for a hand-over's turn; when it is further off, the pass ends and another is asked for, so that members are
    // never kept waiting.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    // Whoever deletes a rule makes another one next as often as not, and nobody waits for its end: so long a hand-over for that alone waits
    // for another change, with which it is one, or else that change would have to wait for the end of it.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    // Half of the processors are left to whoever makes the changes.
    private static readonly int HandOversAtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly HandOverPace _pace = new(clock);
    private ITimer? _later;
    private bool _hasGathered;

    /// <summary>Whether a hand-over was put off, for which another pass is asked.</summary>
    public bool IsBehind { get; private set; }

    public void Dispose() => _later?.Dispose();

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        IsBehind = false;
        var waiting = new List<(Cell Cell, string Reason)>();
        var failures = new List<Exception>();
        var needy = cells.All.Where(cell => cell.NeedsWork).ToList();

        // One after the other where processes run: what one gives up another may take.
        await ForEachAsync(needy, needy.Exists(IsRunning) ? 1 : Environment.ProcessorCount, failures, async (cell, token) =>
        {
            if (await cell.UpdateAsync(token) is { } reason)
            {
                lock (waiting)
                {
                    waiting.Add((cell, reason));
                }
            }
        }, cancellationToken);
        await HandOverAsync(waiting, failures, cancellationToken);
        if (failures.Count > 0)
        {
            throw new HAProxyException(string.Join(" ", failures.Select(failure => failure.Message).Distinct()), failures[0]);
        }
    }

    private async Task HandOverAsync(
        List<(Cell Cell, string Reason)> waiting, List<Exception> failures, CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
        {
            return;
        }

        if (!_hasGathered && waiting.TrueForAll(pair => IsRunning(pair.Cell) && pair.Reason == PlanDiff.RuleDeleted)
            && await IsJoinedAsync(cancellationToken))
        {
            (IsBehind, _hasGathered) = (true, true);
            return;
        }

        _hasGathered = false;
        if (_pace.Remaining > LongestWait)
        {
            // What has died is not kept waiting.
            AskForLater(_pace.Remaining);
            IsBehind = true;
            waiting.RemoveAll(pair => IsPaced(pair.Cell));
            if (waiting.Count == 0)
            {
                return;
            }
        }
        else if (waiting.TrueForAll(pair => IsPaced(pair.Cell)))
        {
            await Task.Delay(_pace.Remaining, clock, cancellationToken);
        }

        if (!IsBehind)
        {
            // Nothing is put off any more.
            _later?.Dispose();
        }

        var started = clock.GetTimestamp();
        var atOnce = waiting.TrueForAll(pair => IsRunning(pair.Cell)) ? HandOversAtOnce : Environment.ProcessorCount;
        var isChanging = false;
        await ForEachAsync(waiting, atOnce, failures, async (pair, token) =>
        {
            if (await pair.Cell.HandOverAsync(pair.Reason, token))
            {
                isChanging = true;
            }
        }, cancellationToken);
        _pace.Took(clock.GetElapsedTime(started), cells.All.Max(cell => cell.State.Old.Count), isChanging);
    }

    /// <summary>Whether another change has come, or comes within <see cref="Gathering"/>: the next pass has both.</summary>
    private async Task<bool> IsJoinedAsync(CancellationToken cancellationToken)
    {
        await changes.WaitAsync(Gathering, cancellationToken);
        if (!changes.IsRaised)
        {
            return false;
        }

        // For the reconciler, which has not seen it.
        changes.Raise();
        return true;
    }

    private static bool IsRunning(Cell cell) => cell.State.Running is not null;

    /// <summary>
    /// Whether it runs, or is one of several that has nothing to run yet: who makes and deletes in turns starts one each time.
    /// </summary>
    private bool IsPaced(Cell cell) => IsRunning(cell) || (cell.State.Process is null && cells.All.Any(IsRunning));

    /// <summary>One cell's trouble, a full disk for instance, is not the others': it is put to the failures.</summary>
    private static Task ForEachAsync<T>(
        IReadOnlyList<T> all, int atOnce, List<Exception> failures, Func<T, CancellationToken, Task> act,
        CancellationToken cancellationToken) => Parallel.ForEachAsync(
        all,
        new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
        async (each, token) =>
        {
            try
            {
                await act(each, token);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                lock (failures)
                {
                    failures.Add(exception);
                }
            }
        });

    private void AskForLater(TimeSpan delay)
    {
        _later?.Dispose();
        _later = clock.CreateTimer(_ => changes.Raise(), null, delay, Timeout.InfiniteTimeSpan);
    }
}
