using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CloudLb.Core;

/// <summary>
/// Where the Unix sockets that belong to a directory are: in it, or, as a socket's path can have no more than 107 bytes and HAProxy needs some for a
/// temporary name, in a private directory below the system's temporary one whose name follows from the directory's, so that the next CloudLb finds it.
/// </summary>
public static class SocketDirectory
{
    private const int LongestPath = 90;
    private const int LongestSocketName = 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOwnerAndMode = 0x1 | 0x2 | 0x8;
    private const int StatSize = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;

    /// <summary>Throws an <see cref="IOException"/> when the private directory belongs to someone else.</summary>
    public static string For(string directory)
    {
        var full = Path.GetFullPath(directory);
        if (Encoding.UTF8.GetByteCount(full) + 1 + LongestSocketName <= LongestPath && full.All(IsPlain))
        {
            return full;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..20];
        var other = Path.Combine(Path.GetTempPath(), $"cloudlb-{hash}");
        Directory.CreateDirectory(other, OwnerOnly);
        return IsPrivateDirectory(other)
            ? other
            : throw new IOException($"{other} is needed for sockets, since the path {full} is too long, and belongs to someone else or is open to others; remove it.");
    }

    // HAProxy parts addresses at commas and knows prefixes like fd@.
    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '/' or '-' or '_' or '.';

    /// <summary>A directory, not a link to one, that belongs to this process's user and that nobody else may enter.</summary>
    private static bool IsPrivateDirectory(string path)
    {
        var stat = new byte[StatSize];
        if (Statx(CurrentDirectory, path, NoFollow, TypeOwnerAndMode, stat) != 0)
        {
            return false;
        }

        const int TypeMask = 0xF000, DirectoryType = 0x4000, PermissionMask = 0x1FF, OwnerPermissions = 0x1C0;
        int mode = BitConverter.ToUInt16(stat, ModeOffset);
        return BitConverter.ToUInt32(stat, OwnerOffset) == EffectiveUser()
            && (mode & TypeMask) == DirectoryType && (mode & PermissionMask) == OwnerPermissions;
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();

    // The kernel fixes the layout of what statx fills in, on every architecture; that of stat it does not.
    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] stat);
}
