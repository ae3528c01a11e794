namespace CloudLb.Core;

/// <summary>Tells a lack of room from every other reason why a file could not be written.</summary>
public static class FullDisk
{
    // ENOSPC and EDQUOT; .NET gives the system's number as the result of exceptions that it has no type of its own for.
    private const int NoSpace = 28, OverQuota = 122;

    public static bool IsTheCause(Exception exception) => exception is IOException { HResult: NoSpace or OverQuota };
}
