using System.Runtime.InteropServices;
using CloudLb.Core;

namespace CloudLb.HAProxy.Machine;

/// <summary>
/// The user that processes change to when they have bound their ports and read their files. Only root can do that, and only root need.
/// </summary>
/// <param name="Id">The user's number.</param>
/// <param name="Group">The number of its group.</param>
internal sealed record HAProxyUser(uint Id, uint Group)
{
    /// <summary>Whom the packages of Debian and of others make for it.</summary>
    public const string OfPackages = "haproxy";

    // Of struct passwd, behind two pointers, on 64-bit systems.
    private const int IdOffset = 16, GroupOffset = 20;

    private static readonly string[] Words = ["user ", "uid ", "group ", "gid "];

    /// <summary>
    /// Null where they keep the user that CloudLb has: it is not root, or root is asked for, or the operator's own lines name one, or there
    /// is none.
    /// </summary>
    /// <exception cref="HAProxyException">The user that the settings name is not there.</exception>
    public static HAProxyUser? Of(HAProxyOptions options)
    {
        if (!Environment.IsPrivilegedProcess || IsNamed(options))
        {
            return null;
        }

        var found = Find(options.User.Length > 0 ? options.User : OfPackages);
        return found is null && options.User.Length > 0
            ? throw new HAProxyException(
                $"There is no user {options.User}; make it (useradd --system {options.User}), or give CloudLb:HAProxy:User another.")
            : found is { Id: 0 } ? null : found;
    }

    /// <summary>Whether processes change to another user than CloudLb's.</summary>
    public static bool IsOther(HAProxyOptions options) => IsNamed(options) || Of(options) is not null;

    /// <summary>Lets processes with this user reach what is in a directory of ours, and not read it.</summary>
    public void AdmitToDirectory(string path) =>
        Give(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);

    /// <summary>Lets processes with this user write to a socket of ours.</summary>
    public void AdmitToSocket(string path) => Give(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

    private static bool IsNamed(HAProxyOptions options) =>
        options.GlobalText.Split('\n').Any(line => Words.Any($"{line.Trim()} ".StartsWith));

    private void Give(string path, UnixFileMode mode)
    {
        if (ChangeOwner(path, FileStatus.CurrentUser, Group) != 0)
        {
            throw new IOException($"{path} cannot be given to the group {Group}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        File.SetUnixFileMode(path, mode);
    }

    private static HAProxyUser? Find(string name)
    {
        var entry = FindByName(name);
        return entry == 0 ? null : new((uint)Marshal.ReadInt32(entry, IdOffset), (uint)Marshal.ReadInt32(entry, GroupOffset));
    }

    [DllImport("libc", EntryPoint = "getpwnam", SetLastError = true)]
    private static extern nint FindByName([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
