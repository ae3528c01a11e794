using System.Globalization;
using CloudLb.Core;

namespace CloudLb.Server.Backups;

/// <summary>
/// Puts what was taken out of a backup in the place of what a data directory has, file by file, in steps that can be gone through again:
/// whoever is killed in between is finished by the next start, or the next restore. What was there before is kept.
/// </summary>
/// <remarks>
/// The steps are directories below the data directory. <c>restore.new</c> is being filled and means nothing. <c>restore.ready</c> means
/// that the restore counts: while <c>new</c> is in it, what was there before goes to <c>before</c>; then <c>new</c> becomes
/// <c>placing</c>, and its files go to their places. Each step is a move, and on the disk before the next kind of step.
/// </remarks>
internal sealed class Restoration(string dataDirectory, Action? beforeEachStep = null)
{
    public const string Unfinished = "restore.new", Ready = "restore.ready";

    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string New => Path.Combine(dataDirectory, Ready, "new");

    private string Placing => Path.Combine(dataDirectory, Ready, "placing");

    private string Before => Path.Combine(dataDirectory, Ready, "before");

    /// <summary>Whether a restore counts and has not been finished.</summary>
    public static bool IsPending(string dataDirectory) => Directory.Exists(Path.Combine(dataDirectory, Ready));

    /// <summary>An empty directory for what is taken out of the backup.</summary>
    public string Begin()
    {
        Discard();
        return Directory.CreateDirectory(Path.Combine(dataDirectory, Unfinished, "new"), ForOwner).FullName;
    }

    /// <summary>Forgets what was taken out and does not count.</summary>
    public void Discard()
    {
        var unfinished = Path.Combine(dataDirectory, Unfinished);
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    /// <summary>From here on the restore counts, whatever happens.</summary>
    /// <param name="owner">Whom all of it is given to; null for this user.</param>
    public void Count(uint? owner)
    {
        var unfinished = Path.Combine(dataDirectory, Unfinished);
        var taken = Path.Combine(unfinished, "new");
        Directory.CreateDirectory(Path.Combine(unfinished, "before"), ForOwner);
        if (owner is { } other)
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(unfinished, "*", SearchOption.AllDirectories).Append(unfinished))
            {
                DirectoryEntry.Give(path, other);
            }
        }

        DirectoryEntry.Flush(taken);
        DirectoryEntry.Flush(unfinished);
        Move(unfinished, Path.Combine(dataDirectory, Ready));
        DirectoryEntry.Flush(dataDirectory);
    }

    /// <summary>Goes through the steps that are left.</summary>
    /// <returns>Where what was there before is kept; null when there was nothing, or no restore to finish.</returns>
    public string? Finish(TimeProvider clock)
    {
        Discard();
        if (!IsPending(dataDirectory))
        {
            return null;
        }

        if (Directory.Exists(New))
        {
            SetAside();
        }

        if (Directory.Exists(Placing))
        {
            Place();
        }

        return KeepBefore(clock);
    }

    private void SetAside()
    {
        var operators = BackedUpFile.All.Where(file => !file.IsOperators || Path.Exists(Path.Combine(New, file.Place)));
        foreach (var name in BackedUpFile.BesideTheDatabase.Concat(operators.Select(file => file.Place)))
        {
            var path = Path.Combine(dataDirectory, name);
            if (FileStatus.Of(path, follow: false) is not null)
            {
                Move(path, Path.Combine(Before, name));
            }
        }

        DirectoryEntry.Flush(Before);
        DirectoryEntry.Flush(dataDirectory);
        Move(New, Placing);
        DirectoryEntry.Flush(Path.GetDirectoryName(Placing)!);
    }

    private void Place()
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(Placing).ToList())
        {
            Move(path, Path.Combine(dataDirectory, Path.GetFileName(path)));
        }

        DirectoryEntry.Flush(dataDirectory);
        beforeEachStep?.Invoke();
        Directory.Delete(Placing);
    }

    private string? KeepBefore(TimeProvider clock)
    {
        string? kept = null;
        if (Directory.Exists(Before) && Directory.EnumerateFileSystemEntries(Before).Any())
        {
            var name = $"before-restore-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
            kept = Path.Combine(dataDirectory, name);
            for (var number = 2; Directory.Exists(kept); number++)
            {
                kept = Path.Combine(dataDirectory, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
            }

            Move(Before, kept);
        }

        beforeEachStep?.Invoke();
        Directory.Delete(Path.Combine(dataDirectory, Ready), recursive: true);
        DirectoryEntry.Flush(dataDirectory);
        return kept;
    }

    private void Move(string from, string to)
    {
        beforeEachStep?.Invoke();

        // As rename(2) does it: what is at the new place goes, and each moment has one of the two.
        if (Directory.Exists(from) && FileStatus.Of(from, follow: false) is { IsDirectory: true })
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: true);
        }
    }
}
