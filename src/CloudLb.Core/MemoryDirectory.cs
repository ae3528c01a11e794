namespace CloudLb.Core;

/// <summary>
/// Directories on a file system in memory, for what must not lie on a disk (keys in plain text) or finds no room there. They are private,
/// stay when CloudLb ends, and are gone after a reboot.
/// </summary>
public static class MemoryDirectory
{
    private static readonly string[] InMemory = ["tmpfs", "ramfs"];

    // What systemd makes for a unit with RuntimeDirectory=; then root's alone, then one that anybody may write to.
    private static readonly string[] Places =
    [
        .. (Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/run",
        "/dev/shm",
    ];

    private static readonly Lazy<string?> Place = new(FindPlace);

    /// <summary>Where they are; null where the machine has no file system in memory that may be written to.</summary>
    public static string? Root => Place.Value;

    /// <summary>
    /// The directory that stands in for another; made where it is missing. Null where the machine has no file system in memory that may be
    /// written to.
    /// </summary>
    /// <exception cref="IOException">It belongs to someone else, or cannot be made.</exception>
    public static string? For(string directory)
    {
        if (Root is not { } place)
        {
            return null;
        }

        var path = PrivateDirectory.NameIn(place, Path.GetFullPath(directory));
        return PrivateDirectory.Make(path)
            ?? throw new IOException($"{path} is needed for keys, and belongs to someone else or is open to others; remove it.");
    }

    private static string? FindPlace() => Places.FirstOrDefault(place =>
    {
        try
        {
            if (!InMemory.Contains(new DriveInfo(place).DriveFormat))
            {
                return false;
            }

            var trial = PrivateDirectory.NameIn(place, $"{Guid.NewGuid()}");
            _ = PrivateDirectory.Make(trial);
            Directory.Delete(trial);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
