using CloudLb.Core;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// What tells that a data directory has had a database: only things that CloudLb makes when it has one, and nothing that somebody may put
/// there before the first start (settings, an inventory, credentials, certificates).
/// </summary>
internal static class SignsOfUse
{
    /// <summary>The first that is found, in words; null when there is none.</summary>
    public static string? Find(string dataDirectory)
    {
        var record = DatabaseRecord.PathIn(dataDirectory);
        if (Exists(record))
        {
            return $"{record} tells of a database";
        }

        var key = SecretKeyFile.PathIn(dataDirectory);
        if (Exists(key))
        {
            return $"{key} was made for one";
        }

        var cells = Path.Combine(dataDirectory, "haproxy", "cells");
        return Directory.Exists(cells)
            && Directory.EnumerateDirectories(cells)
            .Select(cell => Path.Combine(cell, "applied.json"))
            .FirstOrDefault(Exists) is { } applied
            ? $"{applied} tells of load balancers"
            : null;
    }

    private static bool Exists(string path) => FileStatus.Of(path, follow: false) is not null;
}
