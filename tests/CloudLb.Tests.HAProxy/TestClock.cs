namespace CloudLb.Tests.HAProxy;

/// <summary>A clock that jumps, goes ahead and stands still when it is told to. Timers are the machine's.</summary>
internal sealed class TestClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _started = System.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan _ahead, _jumped;
    private TimeSpan? _stoppedAt;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Elapsed => _stoppedAt ?? (System.GetElapsedTime(_started) + _ahead);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _start + Elapsed + _jumped;
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return (TimeSpan.FromDays(1) + Elapsed).Ticks;
        }
    }

    /// <summary>Somebody sets the time of day.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_lock)
        {
            _jumped += by;
        }
    }

    /// <summary>Time stands still at this time, which has not jumped.</summary>
    public void StopAt(DateTimeOffset time)
    {
        lock (_lock)
        {
            _stoppedAt = time - _start;
        }
    }

    /// <summary>Time goes on from where it stands.</summary>
    public void GoOn()
    {
        lock (_lock)
        {
            _ahead = _stoppedAt!.Value - System.GetElapsedTime(_started);
            _stoppedAt = null;
        }
    }
}
