using CloudLb.Cli.Control;
using CloudLb.Core.LoadBalancers;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Operator;

/// <summary>What this server says of itself to its own user's commands, the secret of the first access key included: they may read it in its file as well.</summary>
internal static class RunningServerReport
{
    public static RunningServer Of(CloudLbSettings settings, IRegionZones zones)
    {
        var effective = EffectiveSettingsReader.Of(settings);
        return new()
        {
            Endpoint = effective.Endpoint,
            Region = effective.Region,
            Zone = zones.Of(effective.Region).FirstOrDefault(),
            AccessKeyId = effective.AccessKeyId ?? throw new InvalidOperationException("The server has no access key."),
            SecretAccessKey = effective.SecretAccessKey ?? "",
            CertificateFile = effective.CertificateFile,
            DataDirectory = effective.DataDirectory,
        };
    }
}
