using System.Text.Json;
using CloudLb.Core.LoadBalancers;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>The rows of the load balancers. Used by one thread at a time; the statements that write stay prepared.</summary>
internal sealed class LoadBalancerTable : IDisposable
{
    private const string SelectAll = """
        select account_id as AccountId, region as Region, name as Name, document as Document
        from   load_balancer
        """;

    private const string Upsert = """
        insert into load_balancer (account_id, region, name, version, document)
        values (@AccountId, @Region, @Name, 1, @Document)
        on conflict (account_id, region, name) do update
        set version = version + 1, document = excluded.document
        """;

    private const string Delete = """
        delete from load_balancer
        where account_id = @AccountId and region = @Region and name = @Name
        """;

    private readonly SqliteConnection _connection;
    private readonly ChangeCounter _counter;
    private readonly SqliteCommand _upsert;
    private readonly SqliteCommand _delete;

    public LoadBalancerTable(SqliteConnection connection, ChangeCounter counter)
    {
        _connection = connection;
        _counter = counter;
        _upsert = Prepare(Upsert, "@AccountId", "@Region", "@Name", "@Document");
        _delete = Prepare(Delete, "@AccountId", "@Region", "@Name");
    }

    /// <exception cref="JsonException">A row holds what this version cannot read.</exception>
    public IEnumerable<LoadBalancer> ReadAll() => _connection.Query<LoadBalancerRow>(SelectAll, buffered: false).Select(row => row.ToDomain());

    /// <summary>Writes all or nothing; on return it is on the disk.</summary>
    /// <param name="values">What each load balancer is now; null where it is gone.</param>
    public void Write(IReadOnlyDictionary<LoadBalancerKey, LoadBalancer?> values) => _counter.Write(() =>
    {
        foreach (var (key, loadBalancer) in values)
        {
            var command = loadBalancer is null ? _delete : _upsert;
            command.Parameters[0].Value = key.Account.ToString();
            command.Parameters[1].Value = key.Region;
            command.Parameters[2].Value = key.Name;
            if (loadBalancer is not null)
            {
                command.Parameters[3].Value = LoadBalancerDocument.Write(loadBalancer);
            }

            command.ExecuteNonQuery();
        }
    });

    public void Dispose()
    {
        _upsert.Dispose();
        _delete.Dispose();
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter, SqliteType.Text);
        }

        command.Prepare();
        return command;
    }
}
