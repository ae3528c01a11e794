using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>The database while it is open: the connection that writes it, and what is read and written over it. Used by one thread at a time.</summary>
internal sealed class DatabaseSession : IDisposable
{
    /// <param name="connection">In WAL mode; a commit has reached the disk when it returns.</param>
    /// <param name="isMakeshift">Whether it was opened without room on the disk: nothing can be written, and no other program can read.</param>
    public DatabaseSession(SqliteConnection connection, bool isMakeshift)
    {
        Connection = connection;
        IsMakeshift = isMakeshift;
        try
        {
            Counter = new(connection);
            LoadBalancers = new(connection, Counter);
            Certificates = new(connection, Counter);
            AccessKeys = new(connection, Counter);
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

    public LoadBalancerTable LoadBalancers { get; }

    public CertificateTable Certificates { get; }

    public AccessKeyRows AccessKeys { get; }

    /// <summary>Removes every row that was written for a caller. On return that is on the disk.</summary>
    public void Clear() => Counter.Write(() => Connection.Execute("delete from load_balancer; delete from server_certificate; delete from access_key"));

    public void Dispose()
    {
        LoadBalancers?.Dispose();
        Counter?.Dispose();
        Connection.Dispose();
    }
}
