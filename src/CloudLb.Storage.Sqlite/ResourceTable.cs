using System.Text.Json;
using CloudLb.Core.Resources;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The rows of all resources, of whatever kind. Used by one thread at a time; the statements that write stay prepared. A resource that is
/// deleted leaves its key and the revision of that behind, so that whoever follows the changes hears of it; the oldest of these go when
/// there are too many.
/// </summary>
internal sealed class ResourceTable : IDisposable
{
    /// <summary>
    /// How many deletions are kept: a follower that missed more reads everything anew, which takes a second where there are as many
    /// resources.
    /// </summary>
    public const int KeptDeletions = 10_000;

    // Forgotten a tenth at a time, so that hardly any commit has that to do.
    private const int Surplus = KeptDeletions / 10;

    private const string SelectAll = """
        select kind as Kind, key as Key, revision as Revision, version as Version, document as Document
        from   resource
        where  document is not null
        """;

    private const string SelectSince = """
        select kind as Kind, key as Key, revision as Revision, version as Version, document as Document
        from   resource
        where  kind = @Kind and (revision > @Since or @Since = 0) and (document is not null or @WithDeleted)
        order  by revision, key
        """;

    private const string SelectForgotten = "select forgotten from history";
    private const string CountDeleted = "select count(*) from resource where document is null";

    private const string Upsert = """
        insert into resource (kind, key, revision, version, document)
        values (@Kind, @Key, @Revision, @Version, @Document)
        on conflict (kind, key) do update
        set revision = excluded.revision, version = excluded.version, document = excluded.document
        """;

    private const string Forget = """
        update history
        set    forgotten = (select revision from resource where document is null order by revision limit 1 offset @Surplus);
        delete from resource
        where  document is null and revision <= (select forgotten from history)
        """;

    private const string DeleteAll = """
        delete from resource;
        update history set forgotten = changes + 1
        """;

    private readonly SqliteConnection _connection;
    private readonly ChangeCounter _counter;
    private readonly SqliteCommand _upsert;
    private long _deleted;

    public ResourceTable(SqliteConnection connection, ChangeCounter counter)
    {
        _connection = connection;
        _counter = counter;
        _deleted = connection.ExecuteScalar<long>(CountDeleted);
        _upsert = connection.CreateCommand();
        _upsert.CommandText = Upsert;
        _upsert.Parameters.Add("@Kind", SqliteType.Text);
        _upsert.Parameters.Add("@Key", SqliteType.Text);
        _upsert.Parameters.Add("@Revision", SqliteType.Integer);
        _upsert.Parameters.Add("@Version", SqliteType.Integer);
        _upsert.Parameters.Add("@Document", SqliteType.Text);
        _upsert.Prepare();
    }

    /// <exception cref="JsonException">A row holds what this version cannot read.</exception>
    /// <exception cref="DatabaseRefusedException">It was written by a newer CloudLb.</exception>
    public IEnumerable<(ResourceKind Kind, object Value)> ReadAll(ResourceKinds kinds) =>
        _connection.Query<ResourceRow>(SelectAll, buffered: false).Select(row =>
    {
        var kind = kinds.Find(row.Kind) is { } known && row.Version <= known.Version ? known : throw new DatabaseRefusedException(
            $"{_connection.DataSource} was written by a newer CloudLb (the {row.Kind} {row.Key} in a form that this one does not know). " +
            "It was left as it is: start the newer CloudLb, or choose another data directory.");
        return (kind, kind.Read(row.Key, row.Document!));
    });

    /// <summary>Writes all or nothing; on return it is on the disk.</summary>
    /// <returns>The commit's revision.</returns>
    public long Write(IReadOnlyList<ResourceDelta> delta)
    {
        _counter.Write(revision =>
        {
            foreach (var (kind, key, value) in delta)
            {
                _upsert.Parameters[0].Value = kind.Name;
                _upsert.Parameters[1].Value = kind.TextOf(key);
                _upsert.Parameters[2].Value = revision;
                _upsert.Parameters[3].Value = kind.Version;
                _upsert.Parameters[4].Value = value is null ? DBNull.Value : kind.Write(value);
                _upsert.ExecuteNonQuery();
            }

            if (_deleted + delta.Count > KeptDeletions + Surplus)
            {
                ForgetOldest();
            }
        });

        // An upper bound: a deletion whose key came back is counted still, until it is counted anew.
        _deleted += delta.Count(one => one.Value is null);
        return _counter.Changes;
    }

    /// <summary>Removes everything, deletions too. On return that is on the disk.</summary>
    /// <returns>The commit's revision.</returns>
    public long Clear()
    {
        _counter.Write(_ => _connection.Execute(DeleteAll));
        _deleted = 0;
        return _counter.Changes;
    }

    public ResourceChanges<TKey, TValue> ReadChanges<TKey, TValue>(ResourceKind<TKey, TValue> kind, long since)
        where TKey : class
        where TValue : class
    {
        var isWhole = since < _connection.ExecuteScalar<long>(SelectForgotten);
        var rows = _connection.Query<ResourceRow>(
            SelectSince, new { Kind = kind.Name, Since = isWhole ? 0 : since, WithDeleted = !isWhole });
        return new(
            _counter.Changes,
            isWhole,
            [.. rows.Select(row => new ResourceChange<TKey, TValue>(
                kind.ParseKey(row.Key), row.Revision, row.Document is { } document ? (TValue)kind.Read(row.Key, document) : null))]);
    }

    public void Dispose() => _upsert.Dispose();

    private void ForgetOldest()
    {
        _deleted = _connection.ExecuteScalar<long>(CountDeleted);
        if (_deleted > KeptDeletions + Surplus)
        {
            _connection.Execute(Forget, new { Surplus = _deleted - KeptDeletions - 1 });
            _deleted = KeptDeletions;
        }
    }
}
