using CloudLb.Server.Settings;

namespace CloudLb.Server.Startup;

/// <summary>
/// The file of the data directory that says where the API is, for scripts: its URL on one line. It is there while the server is ready, and
/// goes when it stops.
/// </summary>
internal static class EndpointFile
{
    public const string Name = "endpoint";

    public static void Write(CloudLbSettings settings)
    {
        var path = PathIn(settings);
        try
        {
            // Beside it and moved into place: whoever waits for the file reads all of it.
            File.WriteAllText($"{path}.new", $"{EffectiveSettingsReader.Of(settings).Endpoint}\n");
            File.Move($"{path}.new", path, overwrite: true);
        }
        catch (IOException)
        {
            // The disk is full. The ready message and the control socket say the same.
        }
    }

    /// <summary>Removes the file, also one that a killed server has left.</summary>
    public static void Remove(CloudLbSettings settings) => File.Delete(PathIn(settings));

    /// <summary>Whether a server is ready in a data directory, or was when it was killed.</summary>
    public static bool IsIn(string dataDirectory) => File.Exists(Path.Combine(dataDirectory, Name));

    private static string PathIn(CloudLbSettings settings) => Path.Combine(settings.DataDirectory, Name);
}
