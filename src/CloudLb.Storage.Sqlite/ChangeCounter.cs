using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// Writes changes and counts them in the same transaction, so that a database tells how much of what was answered it has. Used by one
/// thread at a time.
/// </summary>
internal sealed class ChangeCounter : IDisposable
{
    private const string Select = "select database_id as DatabaseId, changes as Changes from history";
    private const string Increment = "update history set changes = changes + 1";

    private readonly WriteTransaction _transaction;
    private readonly SqliteCommand _increment;

    /// <exception cref="JsonException">The count is missing.</exception>
    public ChangeCounter(SqliteConnection connection)
    {
        (DatabaseId, Changes) = connection.Query<Row>(Select).SingleOrDefault()
            ?? throw new JsonException("The count of its changes is missing.");
        _increment = connection.CreateCommand();
        _increment.CommandText = Increment;
        _increment.Prepare();
        _transaction = new(connection);
    }

    /// <summary>Made with the database, and never anew: copies of it share it.</summary>
    public string DatabaseId { get; }

    /// <summary>The commits so far; the revision of the last one.</summary>
    public long Changes { get; private set; }

    /// <summary>
    /// On return, what <paramref name="write"/> did is on the disk and counted; when this throws, none of it is, and the connection goes
    /// on.
    /// </summary>
    /// <param name="write">Given the revision of the commit: its number.</param>
    public void Write(Action<long> write)
    {
        _transaction.Run(() =>
        {
            write(Changes + 1);
            _increment.ExecuteNonQuery();
        });
        Changes++;
    }

    public void Dispose()
    {
        _increment.Dispose();
        _transaction.Dispose();
    }

    private sealed record Row(string DatabaseId, long Changes);
}
