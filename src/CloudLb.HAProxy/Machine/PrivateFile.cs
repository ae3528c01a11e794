using System.Text;
using CloudLb.Core;

namespace CloudLb.HAProxy.Machine;

/// <summary>Files that only the owner may read and that are never half written: a reader finds the old text or the new one.</summary>
internal static class PrivateFile
{
    public const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Characters that are encoded at once: no buffer of a long text is one of the large objects, which are collected with everything else.
    private const int PieceLength = 16 * 1024;

    // As Encoding.UTF8, but for the mark at the beginning of a file.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="path">What is replaced. Its directory is made where there is none.</param>
    /// <param name="text">The whole new text.</param>
    /// <param name="isDurable">Whether it must survive a power cut: waits for the disk.</param>
    /// <param name="isForDiskAlone">
    /// Whether it fails where the disk is full. Else the file is a link into memory then, until it is written again: what a process is
    /// started with, and what tells of it, does not depend on room.
    /// </param>
    public static void Write(string path, string text, bool isDurable, bool isForDiskAlone = false) =>
        Write(path, text.Length, writer => writer.Write(text), isDurable, isForDiskAlone);

    /// <inheritdoc cref="Write(string, string, bool, bool)"/>
    /// <param name="text">The whole new text in its pieces, of which no long string is made.</param>
    public static void Write(string path, StringBuilder text, bool isDurable) =>
        Write(path, text.Length, writer => writer.Write(text), isDurable, isForDiskAlone: false);

    private static void Write(string path, int length, Action<StreamWriter> write, bool isDurable, bool isForDiskAlone)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, DirectoryMode);
        ReplacedFile.Write(path, temporary => WriteNew(temporary, length, write, isDurable), isForDiskAlone);
    }

    private static void WriteNew(string path, int length, Action<StreamWriter> write, bool isDurable)
    {
        using var file = new FileStream(
            path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Mode, BufferSize = 0 });
        using var writer = new StreamWriter(file, Utf8, Math.Clamp(length, 1, PieceLength));
        write(writer);
        writer.Flush();
        file.Flush(isDurable);
    }
}
