using CloudLb.Core.Accounts;

namespace CloudLb.Server.Startup;

/// <summary>The access key that CloudLb made for itself, in AWS's shared-credentials form and readable by its owner alone.</summary>
internal static class CredentialsFile
{
    public const string Name = "credentials";

    private const string IdName = "aws_access_key_id";
    private const string SecretName = "aws_secret_access_key";

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, Name);

    /// <summary>The pair that the file holds; one is made and written if there is no file.</summary>
    public static (string AccessKeyId, string SecretAccessKey) ReadOrCreate(string dataDirectory)
    {
        var path = PathIn(dataDirectory);
        return File.Exists(path) ? Read(path) : Create(path);
    }

    /// <summary>The pair that the file holds, or null if there is no file.</summary>
    public static (string AccessKeyId, string SecretAccessKey)? ReadIfThere(string dataDirectory)
    {
        var path = PathIn(dataDirectory);
        return File.Exists(path) ? Read(path) : null;
    }

    private static (string AccessKeyId, string SecretAccessKey) Read(string path)
    {
        var values = new Dictionary<string, string>();
        var profile = "";
        foreach (var line in Lines(path).Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                profile = line;
            }
            else if (profile == "[default]" && line.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value])
            {
                values[name] = value;
            }
        }

        return values.TryGetValue(IdName, out var id)
            && values.TryGetValue(SecretName, out var secret)
            && id.Length > 0
            && secret.Length > 0
            ? (id, secret)
            : throw new StartException(
                $"{path} has no {IdName} and {SecretName} under [default]. Put them there, or remove the file to have a new pair made.");
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The credentials file cannot be read: {exception.Message}");
        }
    }

    private static (string AccessKeyId, string SecretAccessKey) Create(string path)
    {
        var id = AccessKey.NewId();
        var secret = AccessKey.NewSecret();

        // Written beside and moved into place, so that a process killed here leaves no half a file.
        var temporary = $"{path}.new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(temporary, options))
        using (var writer = new StreamWriter(file))
        {
            writer.Write($"[default]\n{IdName} = {id}\n{SecretName} = {secret}\n");
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        return (id, secret);
    }
}
