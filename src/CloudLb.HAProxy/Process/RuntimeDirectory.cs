using System.Security.Cryptography;
using System.Text;

namespace CloudLb.HAProxy.Process;

/// <summary>
/// Where the sockets are: the data directory, or, as a socket's path can have no more than 107 bytes and HAProxy needs some for a temporary name, a private
/// directory below the system's temporary one whose name follows from the data directory's, so that the next CloudLb finds it.
/// </summary>
internal static class RuntimeDirectory
{
    private const int LongestPath = 90;
    private const int LongestSocketName = 16;

    public static string For(string dataDirectory)
    {
        var full = Path.GetFullPath(dataDirectory);
        if (Encoding.UTF8.GetByteCount(full) + 1 + LongestSocketName <= LongestPath && full.All(IsPlain))
        {
            return full;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..20];
        var directory = Path.Combine(Path.GetTempPath(), $"cloudlb-{hash}");
        Directory.CreateDirectory(directory, PrivateFile.DirectoryMode);
        return NativeMethods.IsPrivateDirectory(directory)
            ? directory
            : throw new HAProxyException(
                $"{directory} is needed for sockets, since the data directory's path is too long, and belongs to someone else or is open to others; remove it.");
    }

    // HAProxy parts addresses at commas and knows prefixes like fd@.
    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '/' or '-' or '_' or '.';
}
