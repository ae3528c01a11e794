using CloudLb.Tools.Running;

namespace CloudLb.Tools.Calling;

/// <summary>Two lines, <c>AWSAccessKeyId=…</c> and <c>AWSSecretKey=…</c>.</summary>
internal static class CredentialFile
{
    public static AccessKey Read(string path)
    {
        string? id = null, secret = null;
        foreach (var line in Lines(path).Select(line => line.Trim()))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || line[0] == '#')
            {
                continue;
            }

            var value = line[(equals + 1)..].Trim();
            switch (line[..equals].Trim())
            {
                case "AWSAccessKeyId":
                    id = value;
                    break;
                case "AWSSecretKey":
                    secret = value;
                    break;
            }
        }

        return id is { Length: > 0 } && secret is { Length: > 0 }
            ? new(id, secret)
            : throw new ToolException(Fault.BadCredentials, $"the file {path} must have the lines AWSAccessKeyId=… and AWSSecretKey=…");
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(Fault.BadCredentials, $"the credential file cannot be read: {exception.Message}", exception);
        }
    }
}
