namespace CloudLb.Core;

/// <summary>
/// Held while a process uses a directory, so that a second one is refused. The system gives it up when the process ends, however it ends.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    // EWOULDBLOCK, which is what an advisory lock that another process has gives.
    private const int WouldBlock = 11;

    private readonly FileStream _file;

    private const string Name = "lock";

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>
    /// Makes the directory (0700) where it is missing and takes its lock; an <see cref="IOException"/> says so when another process has it.
    /// </summary>
    public static DataDirectoryLock Take(string directory)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var path = PathIn(directory);
        try
        {
            // No sharing is an advisory lock (flock) on Unix, which only our own kind asks for.
            return new(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = OwnerOnly,
            }));
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw new IOException($"Another CloudLb uses {directory}; end it, or give this one a data directory of its own.", exception);
        }
    }

    /// <summary>Whether a process has ever had the lock of a directory.</summary>
    public static bool IsIn(string directory) => File.Exists(PathIn(directory));

    public static string PathIn(string directory) => Path.Combine(directory, Name);

    public void Dispose() => _file.Dispose();
}
