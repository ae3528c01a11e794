namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The file <c>database.accept</c>, by which an operator says, while CloudLb does not run, that the database which the next start finds is
/// the right one: whether it is older, another one, or none at all. It counts once.
/// </summary>
public static class DatabaseAcceptance
{
    private const string FileName = "database.accept";

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Leave(string dataDirectory) => File.WriteAllBytes(PathIn(dataDirectory), []);

    internal static bool IsThere(string dataDirectory) => File.Exists(PathIn(dataDirectory));

    internal static void Use(string dataDirectory) => File.Delete(PathIn(dataDirectory));

    private static string PathIn(string dataDirectory) => Path.Combine(Path.GetFullPath(dataDirectory), FileName);
}
