using CloudLb.Server.Startup;

namespace CloudLb.Server.Backups;

/// <summary>A file of the data directory that belongs into a backup.</summary>
/// <param name="Name">In the data directory, and in the backup.</param>
/// <param name="MaxLength">Bytes; what is longer is none that CloudLb has written or would read.</param>
/// <param name="IsOperators">Whether it is left as it is where a backup without it is restored.</param>
internal sealed record BackedUpFile(string Name, long MaxLength, bool IsOperators = false)
{
    public const string Database = "cloudlb.db";

    /// <summary>What it becomes in the data directory.</summary>
    public string Place { get; init; } = Name;

    private const long Kibibyte = 1024, Mebibyte = 1024 * Kibibyte;

    // What eleven octal digits of an archive's header can say.
    private const long Longest = (1L << 33) - 1;

    public static readonly IReadOnlyList<BackedUpFile> All =
    [
        new(Database, Longest),
        new("certificates.key", Kibibyte),
        new(CredentialsFile.Name, 64 * Kibibyte),
        new("inventory.json", 64 * Mebibyte, IsOperators: true),
        new("appsettings.json", 16 * Mebibyte, IsOperators: true),
        new(TemplateArchive.Name, TemplateArchive.MaxLength, IsOperators: true) { Place = TemplateArchive.Folder },
    ];

    /// <summary>What belongs to a database and is of no use beside another.</summary>
    public static readonly IReadOnlyList<string> BesideTheDatabase =
        [$"{Database}-wal", $"{Database}-shm", "database.record", "database.accept"];
}
