using System.Runtime.InteropServices;

namespace CloudLb.HAProxy.Process;

/// <summary>What .NET has no words for.</summary>
internal static class NativeMethods
{
    public const int SignalEnd = 15;
    public const int SignalKill = 9;
    public const int SignalUser1 = 10;

    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint OwnerAndMode = 0x2 | 0x8;
    private const int StatSize = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;

    /// <summary>False when there is no such process, or it is not ours to signal.</summary>
    public static bool Signal(int processId, int signal) => Kill(processId, signal) == 0;

    /// <summary>A directory, not a link to one, that belongs to this process's user and that nobody else may enter.</summary>
    public static bool IsPrivateDirectory(string path)
    {
        var stat = new byte[StatSize];
        if (Statx(CurrentDirectory, path, NoFollow, OwnerAndMode | 0x1, stat) != 0)
        {
            return false;
        }

        const int TypeMask = 0xF000, Directory = 0x4000, PermissionMask = 0x1FF, OwnerOnly = 0x1C0;
        int mode = BitConverter.ToUInt16(stat, ModeOffset);
        return BitConverter.ToUInt32(stat, OwnerOffset) == EffectiveUser() && (mode & TypeMask) == Directory && (mode & PermissionMask) == OwnerOnly;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();

    // The kernel fixes the layout of what statx fills in, on every architecture; that of stat it does not.
    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] stat);
}
