using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>Looks at a database file before anything is opened for writing.</summary>
internal static class DatabaseInspection
{
    private const string CountObjects = "select count(*) from sqlite_master";

    /// <summary>Returns when the file is ours, undamaged and no newer than this program, or blank; reads only.</summary>
    /// <param name="path">An existing file.</param>
    /// <returns>Whether it is blank.</returns>
    /// <exception cref="DatabaseRefusedException">Anything else.</exception>
    public static bool Check(string path)
    {
        // SQLite would delete the log beside an empty database, whatever it holds.
        if (new FileInfo(path).Length == 0)
        {
            return true;
        }

        try
        {
            return Check(path, OpenToLook);
        }
        catch (SqliteException exception) when (DatabaseConnection.IsForLackOfRoom(exception))
        {
            return Check(path, DatabaseConnection.OpenMakeshift);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            throw Damaged(path, exception.Message, exception);
        }
    }

    /// <summary>The answer to a file that is, or was, a database of ours and is not whole.</summary>
    public static DatabaseRefusedException Damaged(string path, string words, Exception? cause = null) => new(
        $"{path} is damaged or no SQLite database ({words.TrimEnd('.')}). It was left as it is: put a copy of it back ('cloudlb restore " +
        "FILE --replace' with a backup), or move it away and run 'cloudlb database accept' to start without load balancers.",
        cause);

    /// <summary>
    /// The answer to a whole database with something in it that this program cannot read: a release whose version has grown without another
    /// schema, or another form, may have stored a value that is new.
    /// </summary>
    public static DatabaseRefusedException NotUnderstood(string path, string words, Exception cause) => new(
        $"{path} has something in it that this CloudLb does not understand: a newer one has written it, or it is damaged. " +
        $"{words.TrimEnd('.')}. It was left as it is: start the newer CloudLb, or put a copy back ('cloudlb restore FILE --replace' with " +
        "a backup).",
        cause);

    private static bool Check(string path, Func<string, SqliteConnection> open)
    {
        using var connection = open(path);
        var isBlank = CheckOwner(path, connection);
        CheckDamage(path, connection);
        return isBlank;
    }

    private static bool CheckOwner(string path, SqliteConnection connection)
    {
        var application = connection.ExecuteScalar<int>("pragma application_id");
        var version = Schema.VersionOf(connection);

        // What is left of a start that was killed before its first commit: the file's header and nothing else.
        if (application == 0 && version == 0 && connection.ExecuteScalar<long>(CountObjects) == 0)
        {
            return true;
        }

        if (application != Schema.ApplicationId)
        {
            throw new DatabaseRefusedException(
                $"{path} is another program's database. It was left as it is: move it away, or choose another data directory.");
        }

        if (version > Schema.Newest)
        {
            throw new DatabaseRefusedException(
                $"{path} was written by a newer CloudLb (schema version {version}; this one knows {Schema.Newest}). It was left as it " +
                "is: start the newer CloudLb, or choose another data directory.");
        }

        return false;
    }

    private static void CheckDamage(string path, SqliteConnection connection)
    {
        var finding = connection.ExecuteScalar<string>("pragma quick_check(1)");
        if (finding != "ok")
        {
            throw Damaged(path, finding ?? "no answer from quick_check");
        }
    }

    /// <summary>
    /// A read-only connection would still make a log and its index beside a database in WAL mode (SQLite 3.40). Without a log to be read
    /// there is no need for them, and <c>immutable</c> says so; with one, what it holds is part of the database, and its index may be made
    /// anew.
    /// </summary>
    private static SqliteConnection OpenToLook(string path)
    {
        var log = new FileInfo(path + "-wal");
        var source = "file://"
            + string.Join('/', path.Split('/').Select(Uri.EscapeDataString))
            + (log is { Exists: true, Length: > 0 } ? "" : "?immutable=1");
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 1 }
                .ToString());
        connection.Open();
        return connection;
    }
}
