using CloudLb.Core;

namespace CloudLb.Server.Startup;

/// <summary>The directory that everything kept stands below.</summary>
internal static class DataDirectory
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Makes the directory for its owner alone, and holds that it can be written to. A full disk is no reason not to start.
    /// </summary>
    public static void Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(path, Private);
            File.SetUnixFileMode(path, Private);
            Try(Path.Combine(path, $".trial-{Environment.ProcessId}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"The data directory {path} cannot be used: {exception.Message} Make it writable, or name another with " +
                $"CloudLb:DataDirectory.");
        }

        DataDirectoryInspection.Check(path);
    }

    private static void Try(string trial)
    {
        try
        {
            File.WriteAllBytes(trial, [1]);
        }
        catch (IOException exception) when (FullDisk.IsTheCause(exception))
        {
            // What was stored can be served all the same; changes are refused by the database.
        }

        File.Delete(trial);
    }
}
