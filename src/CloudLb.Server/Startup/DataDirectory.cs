namespace CloudLb.Server.Startup;

/// <summary>The directory that everything kept stands below.</summary>
internal static class DataDirectory
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the directory for its owner alone, and holds that it can be written to.</summary>
    public static void Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(path, Private);
            File.SetUnixFileMode(path, Private);
            var trial = Path.Combine(path, $".trial-{Environment.ProcessId}");
            File.WriteAllBytes(trial, [1]);
            File.Delete(trial);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory {path} cannot be used: {exception.Message} Make it writable, or name another with CloudLb:DataDirectory.");
        }
    }
}
