using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The numbered files in <c>Schema/</c>. A file that has been released is never edited: a change of the schema is the next number.
/// The number of the last one applied is the database's <c>user_version</c>.
/// </summary>
internal static class Schema
{
    /// <summary>"CLB1" in ASCII, in the database header's <c>application_id</c>: the file is CloudLb's, and <c>file(1)</c> can be taught to say so.</summary>
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

    /// <summary>Brings a blank database, or one of an older version, to <see cref="Newest"/> in one transaction.</summary>
    public static void Apply(SqliteConnection connection)
    {
        var version = VersionOf(connection);
        if (version == Newest)
        {
            return;
        }

        WriteTransaction.Run(connection, () =>
        {
            foreach (var script in Scripts.Skip(version))
            {
                connection.Execute(script);
            }

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
