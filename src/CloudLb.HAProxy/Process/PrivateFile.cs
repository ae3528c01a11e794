using System.Text;

namespace CloudLb.HAProxy.Process;

/// <summary>Files that only the owner may read and that are never half written: a reader finds the old text or the new one.</summary>
internal static class PrivateFile
{
    public const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="path">What is replaced. Its directory is made where there is none.</param>
    /// <param name="text">The whole new text.</param>
    /// <param name="isDurable">Whether it must survive a power cut: waits for the disk.</param>
    public static void Write(string path, string text, bool isDurable)
    {
        var temporary = path + ".tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, DirectoryMode);
        using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Mode }))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(isDurable);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
