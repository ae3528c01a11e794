using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The database while it is open: the connection that writes it, and what is read and written over it. Used by one thread at a time.
/// </summary>
internal sealed class DatabaseSession : IDisposable
{
    /// <param name="connection">In WAL mode; a commit has reached the disk when it returns.</param>
    /// <param name="isMakeshift">
    /// Whether it was opened without room on the disk: nothing can be written, and no other program can read.
    /// </param>
    public DatabaseSession(SqliteConnection connection, bool isMakeshift)
    {
        Connection = connection;
        IsMakeshift = isMakeshift;
        try
        {
            Counter = new(connection);
            Resources = new(connection, Counter);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SqliteConnection Connection { get; }

    public bool IsMakeshift { get; }

    public ChangeCounter Counter { get; }

    public ResourceTable Resources { get; }

    public void Dispose()
    {
        Resources?.Dispose();
        Counter?.Dispose();
        Connection.Dispose();
    }
}
