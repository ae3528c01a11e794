using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// All or nothing. In place of the driver's own SqliteTransaction, which (6.0.7) rolls back once more what SQLite has rolled back by
/// itself, as it does when the disk is full or fails: that throws, hides the cause, and leaves the connection unusable.
/// </summary>
internal static class WriteTransaction
{
    /// <summary>
    /// On return, what <paramref name="write"/> did is on the disk; when this throws, none of it is, and the connection goes on.
    /// </summary>
    public static void Run(SqliteConnection connection, Action write)
    {
        connection.Execute("begin immediate");
        try
        {
            write();
            connection.Execute("commit");
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                connection.Execute("rollback");
            }

            throw;
        }
    }
}
