namespace CloudLb.Core.Resources;

/// <summary>Wakes the reconciler. Many signals before it looks count as one; a lost one costs an interval and nothing else.</summary>
public sealed class ChangeSignal(TimeProvider? clock = null) : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long? _since;

    /// <summary>Whether there was a signal that nobody has taken yet. Safe to read from any thread.</summary>
    public bool IsRaised
    {
        get
        {
            lock (_raised)
            {
                return _since is not null;
            }
        }
    }

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

    /// <summary>
    /// Returns at the next signal, at once if there was one since the last return, and after <paramref name="atMost"/> in any case.
    /// </summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _raised.WaitAsync(atMost, cancellationToken);

    /// <summary>
    /// When the first signal was raised that nobody has taken yet, as <see cref="TimeProvider.GetTimestamp"/>; takes it. Null when none
    /// was.
    /// </summary>
    /// <remarks>Who takes it looks at everything then: what was raised before needs no other look.</remarks>
    public long? TakeSince()
    {
        lock (_raised)
        {
            _raised.Wait(0);
            var since = _since;
            _since = null;
            return since;
        }
    }

    public void Dispose() => _raised.Dispose();
}
