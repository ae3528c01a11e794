using System.Security.Cryptography;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>
/// The log files of a process that is about to start, one for each of its slots. It inherits them as open descriptors, so that what it logs
/// is in the system's hands at once: neither its own end nor CloudLb's loses a line, and no buffer between them can be full.
/// </summary>
internal sealed class NewLogFiles : IDisposable
{
    public static readonly NewLogFiles None = new("", []);

    private readonly string _base;
    private readonly IReadOnlyList<(LogSlot Slot, FileStream File)> _files;

    private NewLogFiles(string path, IReadOnlyList<(LogSlot Slot, FileStream File)> files) => (_base, _files) = (path, files);

    /// <param name="directory">Where they are made.</param>
    /// <param name="generation">Of the process, for the reader's eye; the name is unique without it.</param>
    /// <param name="threads">The threads of the process.</param>
    public static NewLogFiles Create(string directory, long generation, int threads)
    {
        Directory.CreateDirectory(directory, PrivateFile.DirectoryMode);
        var path = Path.Combine(directory, $"{generation}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        return new(path, [.. LogSlot.All(threads).Select(slot => (slot, Open($"{path}.{slot.Thread}")))]);
    }

    /// <summary>The command that opens the files and becomes the program.</summary>
    public (string Program, IReadOnlyList<string> Arguments) Opening(string program, IReadOnlyList<string> arguments)
    {
        if (_files.Count == 0)
        {
            return (program, arguments);
        }

        // .NET closes every descriptor of ours in its children; a shell opens them anew. Nothing but numbers is written into what it reads.
        var redirections = string.Concat(_files.Select(file => $" {file.Slot.Descriptor}>>\"$log.{file.Slot.Thread}\""));
        return ("/bin/sh", ["-c", $"log=$1; shift; exec \"$@\"{redirections}", "sh", _base, program, .. arguments]);
    }

    public void Dispose()
    {
        foreach (var (_, file) in _files)
        {
            file.Dispose();
        }
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite | FileShare.Delete,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
}
