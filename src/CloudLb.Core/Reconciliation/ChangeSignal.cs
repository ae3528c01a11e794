namespace CloudLb.Core.Reconciliation;

/// <summary>Wakes the reconciler. Many signals before it looks count as one; a lost one costs an interval and nothing else.</summary>
public sealed class ChangeSignal(TimeProvider? clock = null) : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long? _since;

    /// <summary>Called from any thread; never waits.</summary>
    public void Raise()
    {
        lock (_raised)
        {
            _since ??= _clock.GetTimestamp();
            if (_raised.CurrentCount == 0)
            {
                _raised.Release();
            }
        }
    }

    /// <summary>Returns at the next signal, at once if there was one since the last return, and after <paramref name="atMost"/> in any case.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _raised.WaitAsync(atMost, cancellationToken);

    /// <summary>When the first signal was raised that nobody has taken yet, as <see cref="TimeProvider.GetTimestamp"/>; takes it. Null when none was.</summary>
    public long? TakeSince()
    {
        lock (_raised)
        {
            var since = _since;
            _since = null;
            return since;
        }
    }

    public void Dispose() => _raised.Dispose();
}
