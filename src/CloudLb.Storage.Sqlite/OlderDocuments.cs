using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Core.Resources;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// Documents in a form that their kind has given up. They are moved forward with the schema, so that a copy is kept and no later reader
/// meets one.
/// </summary>
internal static class OlderDocuments
{
    private const string SelectAny = "select exists (select 1 from resource where kind = @Kind and version < @Version and document is " +
        "not null)";

    private const string Select = """
        select kind as Kind, key as Key, revision as Revision, version as Version, document as Document
        from   resource
        where  kind = @Kind and version < @Version and document is not null
        """;

    private const string Update = "update resource set version = @Version, document = @Document where kind = @Kind and key = @Key";

    /// <summary>Whether there are any in a database of the newest schema.</summary>
    public static bool AreIn(SqliteConnection connection, ResourceKinds kinds) =>
        Changed(kinds).Any(kind => connection.ExecuteScalar<bool>(SelectAny, new { Kind = kind.Name, kind.Version }));

    /// <summary>Within a transaction.</summary>
    /// <exception cref="JsonException">One is no JSON object.</exception>
    public static void MoveForward(SqliteConnection connection, ResourceKinds kinds)
    {
        foreach (var kind in Changed(kinds))
        {
            foreach (var row in connection.Query<ResourceRow>(Select, new { Kind = kind.Name, kind.Version }))
            {
                var document = JsonNode.Parse(row.Document!) as JsonObject
                    ?? throw new JsonException($"The {row.Kind} {row.Key} is no JSON object.");
                kind.MoveForward(document, (int)row.Version);
                connection.Execute(
                    Update, new { Kind = row.Kind, row.Key, kind.Version, Document = document.ToJsonString(ResourceDocuments.Options()) });
            }
        }
    }

    private static IEnumerable<ResourceKind> Changed(ResourceKinds kinds) => kinds.All.Where(kind => kind.Version > 1);
}
