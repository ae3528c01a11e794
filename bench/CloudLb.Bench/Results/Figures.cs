using System.Globalization;

namespace CloudLb.Bench.Results;

/// <summary>Figures out of repeated measurements, and their text.</summary>
internal static class Figures
{
    /// <summary>The value below which the given part of the values lies: 0.5 for the median.</summary>
    public static double Quantile(this IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        var position = part * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }

    public static double Median(this IEnumerable<double> values) => values.Quantile(0.5);

    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Fine(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A ratio and whether it is what was hoped for.</summary>
    public static string AgainstGoal(double value, double goal) =>
        $"{Fine(value)} ({(value >= goal ? "goal" : "**missed**: goal")} {goal.ToString("0.##", CultureInfo.InvariantCulture)})";

    /// <summary>A value and whether it is as small as was hoped for.</summary>
    public static string BelowGoal(double value, double goal) =>
        $"{Fine(value)} ({(value < goal ? "goal" : "**missed**: goal")} {goal.ToString("0.##", CultureInfo.InvariantCulture)})";

    /// <summary>The same of a count.</summary>
    public static string CountBelowGoal(double value, double goal) =>
        $"{Whole(value)} ({(value <= goal ? "goal" : "**missed**: goal")} {Whole(goal)})";
}
