using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CloudLb.Core;

/// <summary>What .NET has no words for: that a name in a directory is on the disk, and whose a file is.</summary>
public static class DirectoryEntry
{
    private const int ReadDirectory = 0x10000, CloseOnExec = 0x80000;
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Returns when what was made, moved and deleted in a directory is on the disk.</summary>
    /// <exception cref="IOException">That cannot be said.</exception>
    public static void Flush(string directory)
    {
        using var handle = Open(directory, ReadDirectory | CloseOnExec);
        if (handle.IsInvalid || FileSync(handle) != 0)
        {
            throw new IOException($"{directory} cannot be written to the disk: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    /// <summary>Gives a file, and not what a link leads to, to another user.</summary>
    /// <exception cref="IOException">This user may not.</exception>
    public static void Give(string path, uint owner)
    {
        if (ChangeOwner(path, owner, Unchanged) != 0)
        {
            throw new IOException($"{path} cannot be given to the user {owner}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FileSync(SafeFileHandle handle);

    [DllImport("libc", EntryPoint = "lchown", SetLastError = true)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
