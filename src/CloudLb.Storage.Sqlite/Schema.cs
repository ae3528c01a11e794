using CloudLb.Core.Resources;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The numbered files in <c>Schema/</c>. A file that has been released is never edited: a change of the schema is the next number.
/// The number of the last one applied is the database's <c>user_version</c>.
/// </summary>
internal static class Schema
{
    /// <summary>
    /// "CLB1" in ASCII, in the database header's <c>application_id</c>: the file is CloudLb's, and <c>file(1)</c> can be taught to say so.
    /// </summary>
    public const int ApplicationId = 0x434C4231;

    private const string Mark = """
        pragma application_id = {0};
        pragma user_version = {1};
        """;

    private static readonly string[] Scripts =
    [
        .. typeof(Schema).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read),
    ];

    /// <summary>The version since which a database has a name and counts its changes.</summary>
    public const int WithHistory = 4;

    /// <summary>The version that this program writes.</summary>
    public static int Newest => Scripts.Length;

    /// <summary>Whether the schema, or the form of a document, is one that this program has given up.</summary>
    public static bool IsOlder(SqliteConnection connection, ResourceKinds kinds) =>
        VersionOf(connection) != Newest || OlderDocuments.AreIn(connection, kinds);

    /// <summary>
    /// Brings a blank database, or one of an older version, to <see cref="Newest"/> and its documents to their kinds' form, in one
    /// transaction.
    /// </summary>
    public static void Apply(SqliteConnection connection, ResourceKinds kinds)
    {
        if (!IsOlder(connection, kinds))
        {
            return;
        }

        WriteTransaction.Run(connection, () =>
        {
            foreach (var script in Scripts.Skip(VersionOf(connection)))
            {
                connection.Execute(script);
            }

            OlderDocuments.MoveForward(connection, kinds);
            connection.Execute(string.Format(null, Mark, ApplicationId, Newest));
        });
    }

    /// <summary>0 of a blank database.</summary>
    public static int VersionOf(SqliteConnection connection) => connection.ExecuteScalar<int>("pragma user_version");

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
