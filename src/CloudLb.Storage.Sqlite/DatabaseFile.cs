using CloudLb.Core;
using CloudLb.Core.Resources;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The file <c>cloudlb.db</c>, held by this process alone. Other programs may read it with SQLite's means
/// meanwhile (a backup), but no second CloudLb can have it open, as its load balancers in memory would not be ours.
/// </summary>
internal sealed class DatabaseFile : IDisposable
{
    private const string FileName = "cloudlb.db";

    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _hold;

    private readonly SqliteStoreOptions _options;

    // The database, its log and the log's index: what was opened, to be told from what is put in its place.
    private readonly (string Path, FileStatus? Opened)[] _files;

    private DatabaseFile(string path, FileStream hold, SqliteStoreOptions options)
    {
        Path = path;
        _hold = hold;
        _options = options;
        _files = [(path, FileStatus.Of(path, follow: true)), (path + "-wal", null), (path + "-shm", null)];
    }

    public string Path { get; }

    public static string PathIn(string dataDirectory) => System.IO.Path.Combine(System.IO.Path.GetFullPath(dataDirectory), FileName);

    /// <summary>Opens the database, or makes it.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="whyNotNew">Why a database must not begin anew here; null when it may.</param>
    /// <exception cref="DatabaseRefusedException">The file cannot be used, and was not changed.</exception>
    public static DatabaseFile Open(SqliteStoreOptions options, Func<string?> whyNotNew)
    {
        var path = PathIn(options.DataDirectory);
        if (!File.Exists(path))
        {
            RefuseNew(path, "is missing", whyNotNew);
        }

        var hold = Hold(path);
        try
        {
            if (DatabaseInspection.Check(path))
            {
                RefuseNew(path, "is empty", whyNotNew);
            }

            File.SetUnixFileMode(path, ForOwner);
            return new(path, hold, options);
        }
        catch (Exception exception)
        {
            hold.Dispose();
            if (exception is SqliteException or UnauthorizedAccessException)
            {
                throw CannotOpen(path, exception);
            }

            throw;
        }
    }

    /// <summary>
    /// Connects to it and brings its schema up to date; without room on the disk for either, as far as it can be read without.
    /// </summary>
    /// <exception cref="DatabaseRefusedException">It cannot be opened.</exception>
    /// <exception cref="SqliteException">It is damaged.</exception>
    public DatabaseSession Connect(ResourceKinds kinds)
    {
        try
        {
            var session = DatabaseConnection.Open(Path, _options, kinds);
            for (var index = 1; index < _files.Length; index++)
            {
                _files[index].Opened = session.IsMakeshift ? null : FileStatus.Of(_files[index].Path, follow: true);
            }

            return session;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is not (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB))
        {
            throw CannotOpen(Path, exception);
        }
    }

    /// <summary>
    /// The first of its files that is not the one that was opened any more, as it was deleted or another was put in its place; null when
    /// all are.
    /// </summary>
    public string? FindReplaced()
    {
        foreach (var (path, opened) in _files)
        {
            if (opened is { } before
                && (FileStatus.Of(path, follow: true) is not { } now || (now.Device, now.Number) != (before.Device, before.Number)))
            {
                return path;
            }
        }

        return null;
    }

    public void Dispose() => _hold.Dispose();

    private static void RefuseNew(string path, string fault, Func<string?> whyNotNew)
    {
        var reason = whyNotNew()
            ?? (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 } ? "the log of a database is beside it" : null);
        if (reason is not null)
        {
            throw new DatabaseRefusedException(
                $"{path} {fault}, and this data directory has been in use: {reason}. Nothing was changed, and what HAProxy serves goes " +
                "on: put a copy of the database back, or run 'cloudlb database accept' to have the next start begin without load " +
                "balancers.");
        }
    }

    private static DatabaseRefusedException CannotOpen(string path, Exception exception) =>
        new($"{path} cannot be opened: {exception.Message}", exception);

    /// <summary>
    /// Takes the file with flock(2), which ends with the process however it ends and does not meet SQLite's own locks, which are
    /// fcntl(2)'s. The stream must outlive the connection: closing any descriptor of a file drops the process's fcntl locks on it.
    /// </summary>
    private static FileStream Hold(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!, ForOwner | UnixFileMode.UserExecute);
            return new(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = ForOwner,
                BufferSize = 0,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException(
                $"{path} cannot be opened: {exception.Message} Stop the other CloudLb that has it, give this user the right to write it, " +
                "or choose another data directory.",
                exception);
        }
    }
}
