using System.Globalization;
using System.Text.Json;
using CloudLb.Core.Accounts;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>The rows of the access keys. Used by one thread at a time.</summary>
internal sealed class AccessKeyRows(SqliteConnection connection, ChangeCounter counter)
{
    private const string Active = "Active";
    private const string Inactive = "Inactive";

    private const string SelectAll = """
        select access_key_id as AccessKeyId, account_id as AccountId, user_name as UserName, status as Status, create_date as CreateDate, secret as Secret
        from   access_key
        """;

    private const string Upsert = """
        insert into access_key (access_key_id, account_id, user_name, status, create_date, secret)
        values (@AccessKeyId, @AccountId, @UserName, @Status, @CreateDate, @Secret)
        on conflict (access_key_id) do update
        set status = excluded.status
        """;

    private const string Delete = """
        update access_key
        set    status = 'Deleted', secret = null
        where  access_key_id = @AccessKeyId
        """;

    /// <exception cref="JsonException">A row holds what this version cannot read.</exception>
    public IReadOnlyList<AccessKeyRow> ReadAll() => [.. connection.Query<Row>(SelectAll).Select(Read)];

    /// <summary>On return they are on the disk. Of a key that is there only the status changes.</summary>
    public void Write(IEnumerable<(AccessKey Key, byte[]? SealedSecret)> keys) => counter.Write(() => connection.Execute(
        Upsert,
        keys.Select(one => new Row(
            one.Key.AccessKeyId, one.Key.Account.ToString(), one.Key.UserName, one.Key.IsActive ? Active : Inactive,
            one.Key.CreateDate.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), one.SealedSecret))));

    public void Remove(string accessKeyId) =>
        counter.Write(() => connection.Execute(Delete, new { AccessKeyId = accessKeyId }));

    private static AccessKeyRow Read(Row row)
    {
        try
        {
            return new(
                row.AccessKeyId, new(new(row.AccountId), row.UserName), row.Status switch { Active => true, Inactive => false, _ => null },
                DateTimeOffset.Parse(row.CreateDate, CultureInfo.InvariantCulture), row.Secret);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new JsonException($"The row of the access key {row.AccessKeyId} cannot be read: {exception.Message}", exception);
        }
    }

    private sealed record Row(string AccessKeyId, string AccountId, string? UserName, string Status, string CreateDate, byte[]? Secret);
}
