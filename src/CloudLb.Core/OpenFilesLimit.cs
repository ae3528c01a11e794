using System.Runtime.InteropServices;

namespace CloudLb.Core;

/// <summary>How many files, sockets among them, this process may have open.</summary>
public static class OpenFilesLimit
{
    // RLIMIT_NOFILE of Linux.
    private const int OpenFiles = 7;

    /// <summary>
    /// The hard limit, to which .NET raises the one in force at start and children raise theirs. Asked for without opening a file.
    /// </summary>
    public static long Hard()
    {
        var limits = new ulong[2];
        return GetLimits(OpenFiles, limits) == 0 && limits[1] <= long.MaxValue ? (long)limits[1] : long.MaxValue;
    }

    // Two numbers of the machine's size, the one in force and the hard one; ulong on the 64-bit systems that .NET 10 runs CloudLb on.
    [DllImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static extern int GetLimits(int resource, [Out] ulong[] limits);
}
