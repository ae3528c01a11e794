using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// All or nothing. In place of the driver's own SqliteTransaction, which (6.0.7) rolls back once more what SQLite has rolled back by
/// itself, as it does when the disk is full or fails: that throws, hides the cause, and leaves the connection unusable.
/// </summary>
/// <remarks>
/// Its statements stay prepared for whoever runs it for each change: to make, prepare and forget them takes longer than they do. Used by
/// one thread at a time.
/// </remarks>
internal sealed class WriteTransaction : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;

    public WriteTransaction(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepared("begin immediate");
        _commit = Prepared("commit");
    }

    /// <inheritdoc cref="Run(Action)"/>
    public static void Run(SqliteConnection connection, Action write)
    {
        using var transaction = new WriteTransaction(connection);
        transaction.Run(write);
    }

    /// <summary>
    /// On return, what <paramref name="write"/> did is on the disk; when this throws, none of it is, and the connection goes on.
    /// </summary>
    public void Run(Action write)
    {
        _begin.ExecuteNonQuery();
        try
        {
            write();
            _commit.ExecuteNonQuery();
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                _connection.Execute("rollback");
            }

            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
    }

    private SqliteCommand Prepared(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        command.Prepare();
        return command;
    }
}
