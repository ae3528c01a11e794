using System.Globalization;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Calling;

/// <summary>The access key in environment variables.</summary>
internal static class EnvironmentKey
{
    /// <summary>Null where there is none.</summary>
    public static AccessKey? Find(Surroundings surroundings)
    {
        var id = surroundings.FindFirst("AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY");
        var secret = surroundings.FindFirst("AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY");
        if (id is null && secret is null)
        {
            return null;
        }

        if (id is null || secret is null)
        {
            throw new ToolException(
                Fault.BadCredentials, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go together; one of them is not set");
        }

        if (surroundings.Find("AWS_CREDENTIAL_EXPIRATION") is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            && end <= TimeProvider.System.GetUtcNow())
        {
            throw new ToolException(
                Fault.BadCredentials, $"the access key in the environment was valid until {text} (AWS_CREDENTIAL_EXPIRATION)");
        }

        return new(id, secret, surroundings.FindFirst("AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"));
    }
}
