using CloudLb.Core.Resources;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>Copies of the database: made of one moment while a server writes it, and held against what a start asks of one.</summary>
public static class DatabaseCopy
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Everything that was answered before this was called is in the copy.</summary>
    /// <param name="dataDirectory">Of a server that runs, or of none.</param>
    /// <param name="target">A file that is not there yet.</param>
    /// <exception cref="DatabaseRefusedException">There is no database, or it cannot be read, or is damaged.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The copy may not be written.</exception>
    public static void Write(string dataDirectory, string target)
    {
        var path = DatabaseFile.PathIn(dataDirectory);
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            throw new DatabaseRefusedException($"There is no database at {path}.");
        }

        // SQLite writes into an empty file, which nobody else can read from its first byte on.
        new FileStream(target, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ForOwner })
            .Dispose();
        try
        {
            using var from = Open(path, SqliteOpenMode.ReadOnly);
            using var to = Open(target, SqliteOpenMode.ReadWrite);
            to.Execute("pragma synchronous = off");
            from.BackupDatabase(to);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_FULL)
        {
            throw new DatabaseRefusedException("the disk is full.", exception);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw new DatabaseRefusedException(
                $"{path} is locked: by a CloudLb that was started on a full disk, which needs room first, or by another program.",
                exception);
        }
        catch (SqliteException exception)
        {
            throw DatabaseInspection.Damaged(path, exception.Message, exception);
        }

        DatabaseInspection.Check(target);
    }

    /// <summary>
    /// Opens the database of a directory as a start would, with its key, brings it up to date and closes it again: what a server can be
    /// started with, it takes.
    /// </summary>
    /// <exception cref="DatabaseRefusedException">A server would not start with it.</exception>
    public static void Try(string dataDirectory, ResourceKinds kinds)
    {
        using var changes = new ChangeSignal();
        using var store = new SqliteStore(
            Options.Create(new SqliteStoreOptions { DataDirectory = dataDirectory }), kinds, changes, NullLogger<SqliteStore>.Instance);
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            connection.Execute("pragma busy_timeout = 5000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
