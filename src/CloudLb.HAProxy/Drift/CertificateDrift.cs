using System.Security.Cryptography.X509Certificates;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>Finds listeners that somebody has given another certificate at HAProxy's socket. Used under the gate.</summary>
internal sealed class CertificateDrift(CellContext context, CertificateFiles files)
{
    private readonly Dictionary<string, string?> _thumbprints = [];

    /// <summary>Which listener shows another certificate; null when none does.</summary>
    public async Task<string?> FindAsync(CellState state, CellProcess process, CancellationToken cancellationToken)
    {
        var used = state.Served.SelectMany(served => served.ListenerCertificates()).ToList();
        var answers = await process.Session.SendAsync(
            [.. used.Select(each => CertificateCommands.Show(files.PathOf(each.Listener)))], cancellationToken);
        foreach (var (each, answer) in used.Zip(answers))
        {
            var (actual, expected) = (CertificateCommands.Thumbprint(answer), ThumbprintOf(each.CertificateId));
            if (actual is not null && expected is not null && actual != expected)
            {
                return $"{each.Listener} shows another certificate";
            }
        }

        return null;
    }

    /// <summary>Null when the certificate is not there any more.</summary>
    private string? ThumbprintOf(string certificateId)
    {
        if (!_thumbprints.TryGetValue(certificateId, out var thumbprint))
        {
            using var certificate = context.Certificates.ReadPem(certificateId) is { } pem ? X509Certificate2.CreateFromPem(pem) : null;
            _thumbprints[certificateId] = thumbprint = certificate?.Thumbprint;
        }

        return thumbprint;
    }
}
