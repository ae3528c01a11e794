using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The file <c>cloudlb.db</c>, held by this process alone, and the one connection that writes it. Other programs may read it with SQLite's means
/// meanwhile (a backup), but no second CloudLb can have it open, as its load balancers in memory would not be ours.
/// </summary>
internal sealed class DatabaseFile : IDisposable
{
    private const string FileName = "cloudlb.db";

    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _hold;

    private DatabaseFile(string path, FileStream hold, SqliteConnection connection)
    {
        Path = path;
        _hold = hold;
        Connection = connection;
    }

    public string Path { get; }

    /// <summary>In WAL mode; a commit has reached the disk when it returns. Used by one thread at a time.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Opens the database, makes it when there is none, and brings its schema up to date.</summary>
    /// <exception cref="DatabaseRefusedException">The file cannot be used, and was not changed.</exception>
    public static DatabaseFile Open(SqliteStoreOptions options)
    {
        SystemSqlite.Use();
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(options.DataDirectory), FileName);
        var hold = Hold(path);
        try
        {
            DatabaseInspection.Check(path);
            File.SetUnixFileMode(path, ForOwner);
            return new(path, hold, Connect(path, options));
        }
        catch (Exception exception)
        {
            hold.Dispose();
            if (exception is SqliteException or UnauthorizedAccessException)
            {
                throw new DatabaseRefusedException($"{path} cannot be opened: {exception.Message}", exception);
            }

            throw;
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        _hold.Dispose();
    }

    /// <summary>
    /// Takes the file with flock(2), which ends with the process however it ends and does not meet SQLite's own locks, which are fcntl(2)'s.
    /// The stream must outlive the connection: closing any descriptor of a file drops the process's fcntl locks on it.
    /// </summary>
    private static FileStream Hold(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!, ForOwner | UnixFileMode.UserExecute);
            return new(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = ForOwner, BufferSize = 0,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException(
                $"{path} cannot be opened: {exception.Message} Stop the other CloudLb that has it, give this user the right to write it, or choose another " +
                "data directory.",
                exception);
        }
    }

    private static SqliteConnection Connect(string path, SqliteStoreOptions options)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}"));
            if (connection.ExecuteScalar<string>("pragma journal_mode = wal") != "wal")
            {
                throw new DatabaseRefusedException(
                    $"{path} is on a file system where SQLite cannot keep a write-ahead log; choose a data directory on a local disk.");
            }

            connection.Execute("pragma synchronous = full");
            Schema.Apply(connection);
            if (options.MaximumPages > 0)
            {
                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma max_page_count = {options.MaximumPages}"));
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
