namespace CloudLb.Storage.Sqlite;

/// <summary>Whether a CloudLb has the database of a data directory open, also where its lock was deleted.</summary>
public static class DatabaseUse
{
    // EWOULDBLOCK, which is what an advisory lock that another process has gives.
    private const int WouldBlock = 11;

    /// <summary>False too where there is no database, or this user may not read it.</summary>
    public static bool IsElsewhere(string dataDirectory)
    {
        try
        {
            // The lock that DatabaseFile holds. Nothing is written, and SQLite's own locks are others.
            using var file = new FileStream(
                DatabaseFile.PathIn(dataDirectory), FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
            return false;
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
