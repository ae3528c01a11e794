namespace CloudLb.Core;

/// <summary>How fast the clocks go that a caller sets in seconds: health checks and connection draining.</summary>
/// <param name="Factor">1, or more for tests.</param>
public sealed record ClockSpeed(int Factor)
{
    /// <summary>A second is a second.</summary>
    public static ClockSpeed Real { get; } = new(1);

    /// <summary>A second takes a tenth of one.</summary>
    public static ClockSpeed Fast { get; } = new(10);

    /// <summary>How long a time really takes.</summary>
    public TimeSpan Of(TimeSpan time) => time / Factor;
}
