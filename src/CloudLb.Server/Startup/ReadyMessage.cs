using CloudLb.Server.Settings;

namespace CloudLb.Server.Startup;

/// <summary>
/// What the server says when it is ready: where it is, and, while there is no load balancer, how to see it balance and how to point clients
/// at it.
/// </summary>
internal static class ReadyMessage
{
    public static string Of(CloudLbSettings settings, bool hasLoadBalancers)
    {
        var effective = EffectiveSettingsReader.Of(settings);
        var credentials = settings.Server switch
        {
            { Ephemeral: true, AccessKeyId: EphemeralRules.FixedKey, SecretAccessKey: EphemeralRules.FixedKey } =>
                $"{EphemeralRules.FixedKey}, {EphemeralRules.FixedKey}",
            { AccessKeyId: null or "" } => CredentialsFile.PathIn(settings.DataDirectory),
            _ => "the settings",
        };
        var whereItIs = $"""
            CloudLb is ready at {effective.Endpoint}
            Credentials: {credentials}
            """ + (settings.Server.Ephemeral ? $"\nNothing is kept: {settings.DataDirectory} goes when it stops." : "");
        return hasLoadBalancers ? whereItIs : $"""
            {whereItIs}
            To see it balance two sample web servers, run in another shell:
              '{Environment.ProcessPath}' try --DataDirectory='{settings.DataDirectory}'
            To point AWS's clients at it, paste there:
              eval "$('{Environment.ProcessPath}' env --DataDirectory='{settings.DataDirectory}')"
              aws --endpoint-url {effective.Endpoint} elb describe-load-balancers
            """;
    }
}
