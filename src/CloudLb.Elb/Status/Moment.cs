using System.Globalization;

namespace CloudLb.Elb.Status;

/// <summary>Times as an operator reads them.</summary>
internal static class Moment
{
    private const int Few = 120;
    private static readonly TimeSpan FewHours = TimeSpan.FromHours(48);

    /// <summary>In UTC, to the second.</summary>
    public static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>In one unit that keeps the number small.</summary>
    public static string For(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(
        time.TotalSeconds < Few ? $"{Math.Max(0, time.TotalSeconds):0} s" :
        time.TotalMinutes < Few ? $"{time.TotalMinutes:0} min" :
        time < FewHours ? $"{time.TotalHours:0} h" : $"{time.TotalDays:0} days")}");
}
