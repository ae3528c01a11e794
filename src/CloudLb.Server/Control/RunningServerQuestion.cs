using CloudLb.Cli.Control;
using CloudLb.Core.Inventory;
using CloudLb.Operator.Control;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Control;

/// <summary>
/// What this server says of itself to its own user's commands, the secret of the first access key included: they may read it in its file
/// as well.
/// </summary>
internal sealed class RunningServerQuestion(CloudLbSettings settings, IRegionZones zones) : IControlQuestion
{
    public string Path => ControlPaths.Server;

    public Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        var effective = EffectiveSettingsReader.Of(settings);
        return Task.FromResult<object?>(new RunningServer
        {
            Endpoint = effective.Endpoint,
            Region = effective.Region,
            Zone = zones.Of(effective.Region).FirstOrDefault(),
            AccessKeyId = effective.AccessKeyId ?? throw new InvalidOperationException("The server has no access key."),
            SecretAccessKey = effective.SecretAccessKey ?? "",
            CertificateFile = effective.CertificateFile,
            DataDirectory = effective.DataDirectory,
        });
    }
}
