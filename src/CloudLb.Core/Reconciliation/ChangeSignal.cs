namespace CloudLb.Core.Reconciliation;

/// <summary>Wakes the reconciler. Many signals before it looks count as one; a lost one costs an interval and nothing else.</summary>
public sealed class ChangeSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    /// <summary>Called from any thread; never waits.</summary>
    public void Raise()
    {
        lock (_raised)
        {
            if (_raised.CurrentCount == 0)
            {
                _raised.Release();
            }
        }
    }

    /// <summary>Returns at the next signal, at once if there was one since the last return, and after <paramref name="atMost"/> in any case.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _raised.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _raised.Dispose();
}
