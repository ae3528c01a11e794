using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace CloudLb.Bench.Load;

/// <summary>
/// The yardstick of changes: SQLite with nothing around it. Library, durability and row as in CloudLb's store, every statement prepared.
/// </summary>
internal sealed class PlainSqlite : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _delete;

    public PlainSqlite(string path, string document)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        foreach (var statement in (string[])["pragma journal_mode = wal", "pragma synchronous = full", "create table plain (name text " +
            "primary key, document text) strict"])
        {
            Prepare(statement).ExecuteNonQuery();
        }

        _begin = Prepare("begin immediate");
        _commit = Prepare("commit");
        _insert = Prepare("insert into plain (name, document) values (@Name, @Document)");
        _insert.Parameters.AddWithValue("@Name", "bench-0");
        _insert.Parameters.AddWithValue("@Document", document);
        _delete = Prepare("delete from plain where name = @Name");
        _delete.Parameters.AddWithValue("@Name", "bench-0");
    }

    /// <summary>A load balancer's row as a CloudLb has it on disk.</summary>
    public static string DocumentOf(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "cloudlb.db");
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = "select document from resource where kind = 'classic-load-balancer' and document is not null limit 1";
        return (string)select.ExecuteScalar()!;
    }

    /// <summary>Pairs a second of a commit that inserts the row and one that deletes it.</summary>
    public double Run(TimeSpan duration, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var pairs = 0;
        while (watch.Elapsed < duration)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Commit(_insert);
            Commit(_delete);
            pairs++;
        }

        return pairs / watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_begin, _commit, _insert, _delete])
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private void Commit(SqliteCommand change)
    {
        _begin.ExecuteNonQuery();
        change.ExecuteNonQuery();
        _commit.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
