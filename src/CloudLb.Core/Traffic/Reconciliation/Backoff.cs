namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>How long to wait after failures in a row: twice as long each time, within bounds.</summary>
public sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    public TimeSpan Next()
    {
        var delay = first * Math.Pow(2, _failures);
        if (delay >= longest)
        {
            return longest;
        }

        _failures++;
        return delay;
    }

    public void Reset() => _failures = 0;
}
