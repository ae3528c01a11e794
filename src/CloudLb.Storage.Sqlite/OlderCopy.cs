using System.Globalization;
using CloudLb.Core.Resources;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The database as it was before a newer CloudLb changed its schema or the form of its documents, for whoever goes back:
/// <c>cloudlb.db.schema-3</c> beside <c>cloudlb.db</c>. An older CloudLb refuses the newer file, and reads this one. It is never deleted,
/// and never read.
/// </summary>
internal static class OlderCopy
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where the copy of a version is.</summary>
    public static string PathOf(string database, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{database}.schema-{version}");

    /// <summary>
    /// Copies the database if it is about to be moved forward. What could be written of it stays away when not all could.
    /// </summary>
    /// <exception cref="SqliteException">There is no room for it: nothing was changed.</exception>
    /// <exception cref="DatabaseRefusedException">It cannot be written for another reason.</exception>
    public static void Keep(SqliteConnection connection, string database, ResourceKinds kinds)
    {
        var version = Schema.VersionOf(connection);
        if (version is 0 || !Schema.IsOlder(connection, kinds))
        {
            return;
        }

        var path = PathOf(database, version);
        var unfinished = path + ".tmp";
        try
        {
            // SQLite writes into an empty file, which nobody else can read from its first byte on.
            new FileStream(
                unfinished, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = ForOwner })
                    .Dispose();
            connection.Execute("vacuum into @unfinished", new { unfinished });
            File.Move(unfinished, path, overwrite: true);
        }
        catch (SqliteException)
        {
            File.Delete(unfinished);
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException(
                $"{database} is of an older release, and no copy of it can be kept at {path}: {exception.Message} Nothing was changed: " +
                $"move what is there away.",
                exception);
        }
    }
}
