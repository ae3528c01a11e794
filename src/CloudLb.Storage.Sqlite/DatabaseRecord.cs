using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The file <c>database.record</c> beside the database: which database was used here, and how many changes it had at least. It is written
/// after a commit, in place and without waiting for the disk, so it may lag what is on the disk and never leads it.
/// </summary>
internal sealed class DatabaseRecord : IDisposable
{
    private const string FileName = "database.record";
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Always as long, so that writing it anew needs no room on the disk.
    private const int CountLength = 19;

    private readonly SafeFileHandle _file;

    private DatabaseRecord(SafeFileHandle file) => _file = file;

    public static string PathIn(string dataDirectory) => Path.Combine(Path.GetFullPath(dataDirectory), FileName);

    /// <summary>What it says; null when it is missing, or was damaged by a power cut, and says nothing.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static (string DatabaseId, long Changes)? Read(string path) =>
        File.Exists(path) && File.ReadAllText(path).TrimEnd('\n').Split(' ') is [{ Length: > 0 } id, { Length: CountLength } count]
        && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var changes)
            ? (id, changes)
            : null;

    /// <exception cref="IOException">It cannot be opened, or made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or made.</exception>
    public static DatabaseRecord Open(string path)
    {
        if (File.Exists(path))
        {
            return new(File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
        }

        using (new FileStream(
            path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ForOwner }))
        {
            // Made for its owner alone; opened again below as the one that was there.
        }

        return Open(path);
    }

    /// <exception cref="IOException">It cannot be written; what it says is less than what is on the disk, or nothing.</exception>
    public void Write(string databaseId, long changes)
    {
        var text = Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture, $"{databaseId} {changes.ToString($"D{CountLength}", CultureInfo.InvariantCulture)}\n"));
        RandomAccess.Write(_file, text, 0);
        if (RandomAccess.GetLength(_file) != text.Length)
        {
            RandomAccess.SetLength(_file, text.Length);
        }
    }

    public void Dispose() => _file.Dispose();
}
