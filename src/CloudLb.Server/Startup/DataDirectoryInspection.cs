using System.Runtime.InteropServices;
using CloudLb.Core;

namespace CloudLb.Server.Startup;

/// <summary>
/// Finds what in the data directory is not as CloudLb needs it, before any of it is used, so that each is told in one sentence.
/// </summary>
internal static class DataDirectoryInspection
{
    private const int CurrentDirectory = -100;
    private const int Execute = 1, Write = 2, Read = 4;

    // As the effective user, whose rights count when the file is opened.
    private const int Effective = 0x200;

    /// <exception cref="StartException">Something has the wrong kind, owner or permissions.</exception>
    public static void Check(string dataDirectory)
    {
        var owner = FileStatus.Of(dataDirectory, follow: true)?.Owner;
        foreach (var kept in KeptFiles.All)
        {
            foreach (var path in Matching(dataDirectory, kept.Pattern))
            {
                if (FaultOf(kept, path, owner) is { } fault)
                {
                    throw new StartException($"{path} {fault}");
                }
            }
        }
    }

    private static string? FaultOf(KeptFile kept, string path, uint? directoryOwner)
    {
        if (FileStatus.Of(path, follow: true) is not { } status)
        {
            // A link that leads nowhere is made anew where it is ours.
            return kept.IsOperators ? "is a link that leads nowhere; put the file there, or remove the link." : null;
        }

        var isKind = kept.Kind switch
        {
            KeptKind.File => status.IsRegular,
            KeptKind.Directory => status.IsDirectory,
            _ => status.IsSocket,
        };
        if (!isKind)
        {
            return $"is {NameOf(status)} and should be {NameOf(kept.Kind)}; move it away.";
        }

        // Root's own directory may have been another's, as a whole: what belongs to its owner is no surprise then.
        if (!kept.IsOperators && status.Owner != FileStatus.CurrentUser && status.Owner != directoryOwner)
        {
            return $"belongs to the user with the number {status.Owner}, and CloudLb runs as {FileStatus.CurrentUser}; give it to that " +
                $"one (chown), or move it away.";
        }

        var needed = kept.IsOperators ? Read : kept.Kind == KeptKind.Directory ? Read | Write | Execute : Read | Write;
        return Access(CurrentDirectory, path, needed, Effective) == 0 ? null
            : $"may not be {(kept.IsOperators ? "read" : "read and written")} by the user that CloudLb runs as " +
                $"({FileStatus.CurrentUser}); change its permissions (chmod u+rw).";
    }

    private static string NameOf(FileStatus status) =>
        status.IsDirectory ? "a directory" : status.IsRegular ? "a file" : status.IsSocket ? "a socket" : "no regular file";

    private static string NameOf(KeptKind kind) => kind switch
    {
        KeptKind.File => "a file",
        KeptKind.Directory => "a directory",
        _ => "a socket",
    };

    private static IEnumerable<string> Matching(string directory, string pattern)
    {
        IEnumerable<string> found = [directory];
        foreach (var name in pattern.Split('/'))
        {
            found = found.SelectMany(above => name == "*"
                ? FileStatus.Of(above, follow: true) is { IsDirectory: true } ? Directory.EnumerateFileSystemEntries(above) : []
                : [Path.Combine(above, name)]);
        }

        return found.Where(path => FileStatus.Of(path, follow: false) is not null);
    }

    [DllImport("libc", EntryPoint = "faccessat", SetLastError = true)]
    private static extern int Access(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode, int flags);
}
