namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    /// <summary>By how much somebody has set the time of day since; what is measured knows nothing of it.</summary>
    public TimeSpan Jumped { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now + Jumped;

    public override long GetTimestamp() => Now.Ticks;
}
