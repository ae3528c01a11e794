using System.ComponentModel.DataAnnotations;

namespace CloudLb.Storage.Sqlite;

/// <summary>Where the database is and how patient the store is with it.</summary>
public sealed class SqliteStoreOptions
{
    public const string Section = "CloudLb:Storage";

    /// <summary>
    /// The directory that <c>cloudlb.db</c> is in; made, for its owner alone, when it does not exist. No setting of its own.
    /// </summary>
    public string DataDirectory { get; internal set; } = "";

    /// <summary>
    /// How long a commit waits for another program that has locked the database, a backup say, before its changes are refused; in fact at
    /// least one second, the driver's own patience. Five seconds: less than the shortest read timeout of AWS's clients, so that they see
    /// the refusal.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Pages of 4096 bytes that the database may have; zero leaves it SQLite's own limit. The tests fill the "disk" with it.
    /// </summary>
    internal int MaximumPages { get; set; }
}
