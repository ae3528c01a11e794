using System.Runtime.InteropServices;

namespace CloudLb.HAProxy.Machine;

/// <summary>What .NET has no words for.</summary>
internal static class NativeMethods
{
    public const int SignalEnd = 15;
    public const int SignalKill = 9;
    public const int SignalUser1 = 10;

    // CLOCK_BOOTTIME of Linux.
    private const int BootTime = 7;

    /// <summary>False when there is no such process, or it is not ours to signal.</summary>
    public static bool Signal(int processId, int signal) => Kill(processId, signal) == 0;

    /// <summary>The time since the machine was started, what it has slept included.</summary>
    public static TimeSpan SinceBoot()
    {
        // Seconds and nanoseconds, of the machine's size each; with this clock nothing can go wrong.
        var time = new long[2];
        _ = GetTime(BootTime, time);
        return TimeSpan.FromSeconds(time[0]) + TimeSpan.FromTicks(time[1] / TimeSpan.NanosecondsPerTick);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, [Out] long[] time);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
