using System.Runtime.InteropServices;

namespace CloudLb.HAProxy.Machine;

/// <summary>What .NET has no words for.</summary>
internal static class NativeMethods
{
    public const int SignalEnd = 15;
    public const int SignalKill = 9;
    public const int SignalUser1 = 10;

    /// <summary>False when there is no such process, or it is not ours to signal.</summary>
    public static bool Signal(int processId, int signal) => Kill(processId, signal) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
