namespace CloudLb.Core;

/// <summary>
/// Time that only goes on, whatever becomes of the machine's clock: for every interval and deadline within the process. The time of day is
/// for what callers sign, for what is stored and for what people read.
/// </summary>
public static class SteadyTime
{
    /// <summary>Now, as the time since a moment that stays the same while the machine runs.</summary>
    public static TimeSpan GetSteadyTime(this TimeProvider clock) => clock.GetElapsedTime(0);
}
