using System.Globalization;

namespace CloudLb.HAProxy.Machine;

/// <summary>
/// What the kernel says of processes that it has ended for lack of memory, the machine's or a control group's. It counts those of the whole
/// machine (<c>oom_kill</c> of <c>/proc/vmstat</c>, Linux 4.13) and tells their parents alone which they were: HAProxy's is gone by then.
/// </summary>
internal static class OutOfMemory
{
    private const string Label = "oom_kill ";

    // What a shell, and .NET, make of a process that a signal has ended.
    private const int BySignal = 128;

    /// <summary>How many it has ended since the machine was started; 0 where it does not say so.</summary>
    public static long Kills()
    {
        try
        {
            return Read(File.ReadLines("/proc/vmstat"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <param name="lines">Of <c>/proc/vmstat</c>.</param>
    public static long Read(IEnumerable<string> lines) =>
        lines.FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal)) is { } line
            && long.TryParse(line.AsSpan(Label.Length), CultureInfo.InvariantCulture, out var kills)
                ? kills
                : 0;

    /// <summary>The half of a sentence on what it has ended since a process was started; empty where there was nothing.</summary>
    /// <param name="kills">Of now, less those of then.</param>
    public static string Words(long kills) => kills switch
    {
        <= 0 => "",
        1 => ", and the kernel has ended a process for lack of memory since it began",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $", and the kernel has ended {kills} processes for lack of memory since it began"),
    };

    /// <summary>How a process ended that did not start.</summary>
    /// <param name="exitCode">As .NET has it.</param>
    /// <param name="kills">As of <see cref="Words"/>.</param>
    public static string Ended(int exitCode, long kills) => exitCode == BySignal + NativeMethods.SignalKill
        ? $"HAProxy was killed while it started{Words(kills)}."
        : string.Create(CultureInfo.InvariantCulture, $"HAProxy ended with code {exitCode} while it started.");
}
