using System.Runtime.InteropServices;

namespace CloudLb.Server.Startup;

/// <summary>
/// Private keys and secrets are in the memory of CloudLb and of the processes it starts: none of them leaves that on a disk when it
/// crashes.
/// </summary>
internal static class CoreDumps
{
    // RLIMIT_CORE of Linux.
    private const int CoreSize = 4;

    /// <summary>For this process and those that it starts, for good.</summary>
    public static void Forbid() => _ = SetLimits(CoreSize, [0, 0]);

    // The one in force and the hard one, ulong on 64-bit systems.
    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static extern int SetLimits(int resource, ulong[] limits);
}
