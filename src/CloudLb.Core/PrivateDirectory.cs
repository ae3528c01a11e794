using System.Security.Cryptography;
using System.Text;

namespace CloudLb.Core;

/// <summary>
/// A directory for this process's user alone in a place where others can write too. Its name follows from that of the directory that it
/// stands in for, so that the next CloudLb finds it.
/// </summary>
public static class PrivateDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int NameLength = 20;

    /// <param name="place">A directory that may be open to all.</param>
    /// <param name="directory">The absolute path of the directory that it stands in for.</param>
    public static string NameIn(string place, string directory) =>
        Path.Combine(place, $"cloudlb-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..NameLength]}");

    /// <summary>Makes it where it is missing; null when it is there and is someone else's, open to others, or no directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="allowed">What others may besides.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static string? Make(string path, UnixFileMode allowed = UnixFileMode.None)
    {
        if (FileStatus.Of(path, follow: false) is null)
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        return FileStatus.Of(path, follow: false) is { IsDirectory: true } status && status.Owner == FileStatus.CurrentUser
            && (status.Permissions & ~allowed) == OwnerOnly ? path : null;
    }

    /// <summary>Removes it with all that is in it, if it is there and this user's own.</summary>
    public static void Remove(string path)
    {
        if (FileStatus.Of(path, follow: false) is { IsDirectory: true } status && status.Owner == FileStatus.CurrentUser)
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
