using System.Net;
using CloudLb.AwsApi.Audit;
using CloudLb.HAProxy;
using CloudLb.Server.Ephemeral;
using Microsoft.Extensions.Options;

namespace CloudLb.Server.Settings;

/// <summary>What an ephemeral server's settings are where they are not given, and what must be true of them.</summary>
internal sealed class EphemeralRules(IConfiguration configuration)
    : IPostConfigureOptions<ServerOptions>, IPostConfigureOptions<AuditOptions>, IValidateOptions<ServerOptions>
{
    /// <summary>The access key, and its secret, of a server that only its own machine can reach.</summary>
    public const string FixedKey = "test";

    /// <summary>Why a server does not start that is to keep nothing, and where.</summary>
    public static string RefusedDirectory(string directory) =>
        $"CloudLb:DataDirectory is '{directory}', but with CloudLb:Ephemeral nothing is kept and the directory is CloudLb's own choice; " +
        "remove one of them.";

    public void PostConfigure(string? name, ServerOptions options)
    {
        if (!options.Ephemeral)
        {
            return;
        }

        if (!configuration.IsGiven($"{ServerOptions.Section}:{nameof(ServerOptions.Url)}"))
        {
            options.Url = "http://127.0.0.1:0";
        }

        if (string.IsNullOrEmpty(options.AccessKeyId) && string.IsNullOrEmpty(options.SecretAccessKey))
        {
            options.AccessKeyId = FixedKey;
            options.SecretAccessKey = FixedKey;
        }
    }

    /// <summary>What is written lies in memory, of which a container may have little.</summary>
    public void PostConfigure(string? name, AuditOptions options)
    {
        var isEphemeral = configuration.GetSection(ServerOptions.Section).GetValue<bool>(nameof(ServerOptions.Ephemeral));
        if (isEphemeral && !configuration.IsGiven($"{AuditOptions.Section}:{nameof(AuditOptions.Enabled)}"))
        {
            options.Enabled = false;
        }
    }

    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(ServerOptions options)
    {
        if (!options.Ephemeral)
        {
            if (options.FastClocks)
            {
                yield return "CloudLb:FastClocks is for tests, and taken with CloudLb:Ephemeral alone; give that too, or remove it.";
            }

            yield break;
        }

        // In a shell of 'cloudlb env' the directory says which ephemeral server the commands mean.
        var directory = Path.GetFullPath(options.DataDirectory);
        if (configuration.IsGiven($"{ServerOptions.Section}:{nameof(ServerOptions.DataDirectory)}") && !EphemeralDirectory.IsOne(directory))
        {
            yield return RefusedDirectory(directory);
        }

        var mode = configuration[$"{HAProxyOptions.Section}:{nameof(HAProxyOptions.Mode)}"];
        if (Enum.TryParse<HAProxyMode>(mode, ignoreCase: true, out var given) && given == HAProxyMode.Attach)
        {
            yield return "CloudLb:HAProxy:Mode is Attach, but with CloudLb:Ephemeral HAProxy ends with CloudLb; make it Child, or remove " +
                "one of them.";
        }

        if (Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && !IsLoopback(url)
            && !configuration.IsGiven($"{ServerOptions.Section}:{nameof(ServerOptions.AccessKeyId)}"))
        {
            yield return $"CloudLb:Url is '{options.Url}', which others can reach, and everybody knows the key that CloudLb:Ephemeral " +
                "has by itself; give CloudLb:AccessKeyId and CloudLb:SecretAccessKey.";
        }
    }

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
