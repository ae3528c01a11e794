using System.Net;
using CloudLb.HAProxy;
using CloudLb.Server.Ephemeral;

namespace CloudLb.Server.Settings;

/// <summary>What an ephemeral server's settings are where they are not given, and what must be true of them.</summary>
internal static class EphemeralRules
{
    /// <summary>The access key, and its secret, of a server that only its own machine can reach.</summary>
    public const string FixedKey = "test";

    /// <summary>Fills in what is not given.</summary>
    public static void Complete(CloudLbSettings settings)
    {
        var server = settings.Server;
        if (!server.Ephemeral)
        {
            return;
        }

        if (!settings.IsGiven(nameof(ServerOptions.Url)))
        {
            server.Url = "http://127.0.0.1:0";
        }

        if (!HasKey(server))
        {
            server.AccessKeyId = FixedKey;
            server.SecretAccessKey = FixedKey;
        }

        // What is written lies in memory, of which a container may have little.
        if (!settings.IsGiven("Audit:Enabled"))
        {
            settings.Audit.Enabled = false;
        }
    }

    /// <summary>One sentence for each fault.</summary>
    public static IEnumerable<string> Faults(CloudLbSettings settings)
    {
        var server = settings.Server;
        if (!server.Ephemeral)
        {
            if (server.FastClocks)
            {
                yield return "CloudLb:FastClocks is for tests, and taken with CloudLb:Ephemeral alone; give that too, or remove it.";
            }

            yield break;
        }

        // In a shell of 'cloudlb env' the directory says which ephemeral server the commands mean.
        if (settings.IsGiven(nameof(ServerOptions.DataDirectory)) && !EphemeralDirectory.IsOne(settings.DataDirectory))
        {
            yield return RefusedDirectory(settings);
        }

        if (settings.HAProxy.Mode == HAProxyMode.Attach)
        {
            yield return "CloudLb:HAProxy:Mode is Attach, but with CloudLb:Ephemeral HAProxy ends with CloudLb; make it Child, or remove one of them.";
        }

        if (Uri.TryCreate(server.Url, UriKind.Absolute, out var url) && !IsLoopback(url) && !HasGivenKey(settings))
        {
            yield return $"CloudLb:Url is '{server.Url}', which others can reach, and everybody knows the key that CloudLb:Ephemeral has by itself; " +
                "give CloudLb:AccessKeyId and CloudLb:SecretAccessKey.";
        }
    }

    /// <summary>Why a server does not start that is to keep nothing, and where.</summary>
    public static string RefusedDirectory(CloudLbSettings settings) =>
        $"CloudLb:DataDirectory is '{settings.DataDirectory}', but with CloudLb:Ephemeral nothing is kept and the directory is CloudLb's own choice; " +
        "remove one of them.";

    private static bool HasKey(ServerOptions server) => !string.IsNullOrEmpty(server.AccessKeyId) || !string.IsNullOrEmpty(server.SecretAccessKey);

    private static bool HasGivenKey(CloudLbSettings settings) => settings.IsGiven(nameof(ServerOptions.AccessKeyId));

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
