using System.Text;

namespace CloudLb.Core;

/// <summary>
/// Where the Unix sockets that belong to a directory are: in it, or, as a socket's path can have no more than 107 bytes and HAProxy needs
/// some for a temporary name, in a private directory below the system's temporary one whose name follows from the directory's, so that the
/// next CloudLb finds it.
/// </summary>
public static class SocketDirectory
{
    private const int LongestPath = 90;
    private const int LongestSocketName = 16;

    /// <summary>Throws an <see cref="IOException"/> when the private directory belongs to someone else.</summary>
    public static string For(string directory)
    {
        var full = Path.GetFullPath(directory);
        if (Encoding.UTF8.GetByteCount(full) + 1 + LongestSocketName <= LongestPath && full.All(IsPlain))
        {
            return full;
        }

        return PrivateDirectory.Make(PrivateDirectory.NameIn(Path.GetTempPath(), full))
            ?? throw new IOException(
                $"{PrivateDirectory.NameIn(Path.GetTempPath(), full)} is needed for sockets, since the path {full} is too long, and " +
                "belongs to someone else or is open to others; remove it.");
    }

    // HAProxy parts addresses at commas and knows prefixes like fd@.
    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '/' or '-' or '_' or '.';
}
