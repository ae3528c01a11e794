using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What is asked of the system about a log file that another process may still write to.</summary>
internal static class LogFile
{
    private const int SetLease = 1024;
    private const int SetSignal = 10;
    private const int ReadLease = 0;
    private const int NoLease = 2;
    private const int SignalUrgent = 23;
    private const int KeepSizePunchHole = 0x01 | 0x02;

    public static SafeFileHandle OpenForReading(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>
    /// Whether no process can write to it any more. Linux grants a read lease only on a file that nobody has open for writing.
    /// </summary>
    /// <param name="file">Open for reading.</param>
    /// <param name="isAnyRunning">Asked where the file system knows no leases: whether any process that could write is there.</param>
    public static bool IsComplete(SafeFileHandle file, Func<bool> isAnyRunning)
    {
        // Who opened it for writing in the instant that the lease is held would have us told by a signal; that one is ignored, the usual
        // one ends us.
        if (Control(file, SetSignal, SignalUrgent) == 0 && Control(file, SetLease, ReadLease) == 0)
        {
            _ = Control(file, SetLease, NoLease);
            return true;
        }

        const int TryAgain = 11;
        return Marshal.GetLastPInvokeError() != TryAgain && !isAnyRunning();
    }

    /// <summary>
    /// Gives the space of what lies before a position back to the file system; the rest stays where it is. Where that is not supported
    /// nothing happens.
    /// </summary>
    public static void Free(string path, long end)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        _ = Allocate(file, KeepSizePunchHole, 0, end);
    }

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Control(SafeFileHandle file, int command, int argument);

    [DllImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static extern int Allocate(SafeFileHandle file, int mode, long offset, long length);
}
