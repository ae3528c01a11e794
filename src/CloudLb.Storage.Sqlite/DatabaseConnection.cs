using System.Globalization;
using CloudLb.Core.Resources;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>Opens the connection that writes the database, also where the disk has no room for it.</summary>
internal static class DatabaseConnection
{
    // A database without a name of its own is held against no record, and none is written of it.
    private const string NoHistory = "update history set database_id = '', changes = 0";

    /// <summary>
    /// Brings the schema up to date too, with a copy of what was there beside it. Without room on the disk the session is makeshift.
    /// </summary>
    /// <exception cref="DatabaseRefusedException">It cannot be used.</exception>
    /// <exception cref="SqliteException">It cannot be opened, or is damaged.</exception>
    public static DatabaseSession Open(string path, SqliteStoreOptions options, ResourceKinds kinds)
    {
        try
        {
            return Prepare(Connect(path), isMakeshift: false, connection =>
            {
                connection.Execute(
                    string.Create(CultureInfo.InvariantCulture, $"pragma busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}"));
                if (connection.ExecuteScalar<string>("pragma journal_mode = wal") != "wal")
                {
                    throw new DatabaseRefusedException(
                        $"{path} is on a file system where SQLite cannot keep a write-ahead log; choose a data directory on a local disk.");
                }

                connection.Execute("pragma synchronous = full");
                OlderCopy.Keep(connection, path, kinds);
                Schema.Apply(connection, kinds);
                if (options.MaximumPages > 0)
                {
                    connection.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma max_page_count = {options.MaximumPages}"));
                }
            });
        }
        catch (SqliteException exception) when (IsForLackOfRoom(exception))
        {
            try
            {
                return Prepare(OpenToRead(path, kinds), isMakeshift: true, _ => { });
            }
            catch (SqliteException)
            {
                // Room was not all that was missing; the first words tell more.
                throw exception;
            }
        }
    }

    /// <summary>
    /// Whether it may be due to a full disk: where there is no room for the log's index, SQLite speaks of an error of the disk.
    /// </summary>
    public static bool IsForLackOfRoom(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN;

    /// <summary>
    /// A connection that keeps the log's index in memory, for which nobody else may have the database open. It leaves the log as it is.
    /// </summary>
    public static SqliteConnection OpenMakeshift(string path)
    {
        var connection = Connect(path);
        try
        {
            connection.Execute("pragma locking_mode = exclusive");
            _ = raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A makeshift connection; to a copy in memory that is moved forward where the file is older, which stays as it is.</summary>
    private static SqliteConnection OpenToRead(string path, ResourceKinds kinds)
    {
        var connection = OpenMakeshift(path);
        try
        {
            var version = Schema.VersionOf(connection);
            if (!Schema.IsOlder(connection, kinds))
            {
                return connection;
            }

            var copy = Connect(":memory:");
            try
            {
                connection.BackupDatabase(copy);
                Schema.Apply(copy, kinds);
                if (version < Schema.WithHistory)
                {
                    copy.Execute(NoHistory);
                }

                connection.Dispose();
                return copy;
            }
            catch
            {
                copy.Dispose();
                throw;
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 }
                .ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static DatabaseSession Prepare(SqliteConnection connection, bool isMakeshift, Action<SqliteConnection> prepare)
    {
        try
        {
            prepare(connection);
            return new(connection, isMakeshift);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
