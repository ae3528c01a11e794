using CloudLb.Cli;
using CloudLb.Core;
using CloudLb.Server.Settings;
using CloudLb.Server.Startup;
using CloudLb.Storage.Sqlite;

namespace CloudLb.Server.Backups;

/// <summary>
/// Restores a backup into a data directory that no server uses. Nothing of what is there is touched before all of the backup was read, its
/// sums were held against it, and the database was opened with its key as a start does it.
/// </summary>
internal static class BackupRestorer
{
    /// <param name="replaces">Whether what is there may be set aside.</param>
    /// <returns>Where what was there before is kept; null when nothing was.</returns>
    /// <exception cref="CommandException">It was not restored.</exception>
    public static string? Restore(CloudLbSettings settings, string file, bool replaces, TimeProvider clock)
    {
        var dataDirectory = settings.DataDirectory;
        using var archive = Open(file);
        using var held = Hold(dataDirectory);
        var restoration = new Restoration(dataDirectory);
        if (Restoration.IsPending(dataDirectory))
        {
            restoration.Finish(clock);
            throw new CommandException(
                $"A restore into {dataDirectory} that was interrupted has been finished first, with the backup that it had been given. " +
                "If that is the one that you mean, nothing is left to do.");
        }

        if (!replaces && HasData(dataDirectory))
        {
            throw new CommandException(
                $"{dataDirectory} has been in use, and nothing was changed. With --replace the backup takes the place of what is there, " +
                "which is kept beside it; or name another directory with --DataDirectory.");
        }

        try
        {
            var taken = restoration.Begin();
            new BackupReader(archive).Extract(taken);
            TemplateArchive.Unpack(taken);
            DatabaseCopy.Try(taken, Composition.Kinds(settings));
            restoration.Count(OtherOwner(dataDirectory));
        }
        catch (BackupException exception)
        {
            restoration.Discard();
            throw new CommandException($"{file} {exception.Message} Nothing was changed.");
        }
        catch (DatabaseRefusedException exception)
        {
            restoration.Discard();
            throw new CommandException(
                $"{file} cannot be restored, and nothing was changed. CloudLb would not start with it: {exception.Message}");
        }
        catch
        {
            restoration.Discard();
            throw;
        }

        return restoration.Finish(clock);
    }

    private static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The backup cannot be read: {exception.Message}");
        }
    }

    private static DataDirectoryLock Hold(string dataDirectory)
    {
        try
        {
            DataDirectory.Prepare(dataDirectory);
            var isNew = !DataDirectoryLock.IsIn(dataDirectory);
            if (isNew && DatabaseUse.IsElsewhere(dataDirectory))
            {
                throw new CommandException(
                    $"Another CloudLb has the database of {dataDirectory} open, although the file lock there was deleted. " +
                    "A backup is restored while no CloudLb runs there.");
            }

            var held = DataDirectoryLock.Take(dataDirectory);
            if (isNew && OtherOwner(dataDirectory) is { } owner)
            {
                DirectoryEntry.Give(DataDirectoryLock.PathIn(dataDirectory), owner);
            }

            return held;
        }
        catch (StartException exception)
        {
            throw new CommandException(exception.Message);
        }
        catch (IOException exception)
        {
            throw new CommandException($"{exception.Message} A backup is restored while no CloudLb runs there.");
        }
    }

    /// <summary>Whether there is anything that a restore would set aside.</summary>
    private static bool HasData(string dataDirectory) =>
        BackedUpFile.BesideTheDatabase.Concat(BackedUpFile.All.Select(file => file.Place)).Any(
            name => FileStatus.Of(Path.Combine(dataDirectory, name), follow: false) is not null);

    /// <summary>Whose the directory is, where root restores for another user.</summary>
    private static uint? OtherOwner(string dataDirectory) =>
        FileStatus.CurrentUser == 0 && FileStatus.Of(dataDirectory, follow: true) is { Owner: not 0 and var owner } ? owner : null;
}
