using System.Runtime.InteropServices;

namespace CloudLb.Core;

/// <summary>What the system knows of a file: whose it is, of which kind, and which one it is.</summary>
/// <param name="Owner">The user's number.</param>
/// <param name="Mode">Kind and permissions, as in <c>st_mode</c>.</param>
/// <param name="Device">The file system that it is on.</param>
/// <param name="Number">The inode. A file that is put in another's place has another number.</param>
public readonly record struct FileStatus(uint Owner, int Mode, ulong Device, ulong Number)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOwnerModeAndNumber = 0x1 | 0x2 | 0x8 | 0x100;
    private const int TypeMask = 0xF000, DirectoryType = 0x4000, RegularType = 0x8000, LinkType = 0xA000, SocketType = 0xC000;
    private const int PermissionMask = 0x1FF;

    // The kernel fixes the layout of what statx fills in, on every architecture; that of stat it does not.
    private const int Size = 256, OwnerOffset = 20, ModeOffset = 28, NumberOffset = 32, DeviceOffset = 136;

    public bool IsDirectory => (Mode & TypeMask) == DirectoryType;

    public bool IsRegular => (Mode & TypeMask) == RegularType;

    public bool IsLink => (Mode & TypeMask) == LinkType;

    public bool IsSocket => (Mode & TypeMask) == SocketType;

    public UnixFileMode Permissions => (UnixFileMode)(Mode & PermissionMask);

    /// <summary>The user that this process acts as.</summary>
    public static uint CurrentUser => EffectiveUser();

    /// <summary>Null when there is no such file, or none that can be looked at.</summary>
    /// <param name="path">The file.</param>
    /// <param name="follow">Whether a link counts as what it leads to.</param>
    public static FileStatus? Of(string path, bool follow)
    {
        Span<byte> status = stackalloc byte[Size];
        return Statx(CurrentDirectory, path, follow ? 0 : NoFollow, TypeOwnerModeAndNumber, ref MemoryMarshal.GetReference(status)) == 0
            ? new(
                BitConverter.ToUInt32(status[OwnerOffset..]), BitConverter.ToUInt16(status[ModeOffset..]),
                BitConverter.ToUInt64(status[DeviceOffset..]), BitConverter.ToUInt64(status[NumberOffset..]))
            : null;
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, ref byte status);
}
