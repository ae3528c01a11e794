namespace CloudLb.Core;

/// <summary>
/// Files that are never half written, and that a process can be started with on a full disk: each is a link into memory then, until it is
/// written again.
/// </summary>
public static class ReplacedFile
{
    /// <param name="path">What is replaced: a reader finds the old text or the new one. Its directory is there.</param>
    /// <param name="write">Writes the whole new file where it is told.</param>
    /// <param name="isForDiskAlone">Whether it fails where the disk is full.</param>
    /// <exception cref="IOException">It can be written neither to the disk nor to memory.</exception>
    public static void Write(string path, Action<string> write, bool isForDiskAlone = false)
    {
        var inMemory = FileStatus.Of(path, follow: false) is { IsLink: true }
            ? File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName
            : null;
        try
        {
            Replace(path, write);
            if (inMemory is not null)
            {
                File.Delete(inMemory);
            }
        }
        catch (IOException exception) when (!isForDiskAlone
            && FullDisk.IsTheCause(exception)
            && MemoryDirectory.For(Path.GetDirectoryName(path)!) is { } memory)
        {
            var copy = Path.Combine(memory, Path.GetFileName(path));
            Replace(copy, write);
            if (inMemory != copy)
            {
                Replace(path, temporary => File.CreateSymbolicLink(temporary, copy));
            }
        }
    }

    private static void Replace(string path, Action<string> write)
    {
        var temporary = path + ".tmp";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
