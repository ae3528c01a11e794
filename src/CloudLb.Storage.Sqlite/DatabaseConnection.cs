using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>Opens the connection that writes the database, also where the disk has no room for it.</summary>
internal static class DatabaseConnection
{
    // In place of the table that a database of an older schema has not been given for lack of room. Nothing is written while it stands in.
    private const string NoHistory = """
        pragma temp_store = memory;
        create temp table if not exists history as select '' as database_id, 0 as changes;
        """;

    /// <summary>Brings the schema up to date too. Without room on the disk the session is makeshift.</summary>
    /// <exception cref="DatabaseRefusedException">It cannot be used.</exception>
    /// <exception cref="SqliteException">It cannot be opened, or is damaged.</exception>
    public static DatabaseSession Open(string path, SqliteStoreOptions options)
    {
        try
        {
            return Prepare(Connect(path), isMakeshift: false, connection =>
            {
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
            });
        }
        catch (SqliteException exception) when (IsForLackOfRoom(exception))
        {
            try
            {
                return Prepare(OpenMakeshift(path), isMakeshift: true, connection =>
                {
                    if (connection.ExecuteScalar<int>("pragma user_version") < Schema.Newest)
                    {
                        connection.Execute(NoHistory);
                    }
                });
            }
            catch (SqliteException)
            {
                // Room was not all that was missing; the first words tell more.
                throw exception;
            }
        }
    }

    /// <summary>Whether it may be due to a full disk: where there is no room for the log's index, SQLite speaks of an error of the disk.</summary>
    public static bool IsForLackOfRoom(SqliteException exception) => exception.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN;

    /// <summary>A connection that keeps the log's index in memory, for which nobody else may have the database open. It leaves the log as it is.</summary>
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

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 }.ToString());
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
