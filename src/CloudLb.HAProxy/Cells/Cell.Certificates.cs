using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>The certificates of the listeners: in files for the next process, by commands for the one that runs.</summary>
internal sealed partial class Cell
{
    private readonly CertificateFiles _certificates = new(directory.Certificates, directory.CertificatesOnDisk);

    private static IEnumerable<(string Listener, string CertificateId)> CertificatesOf(PlannedLoadBalancer? loadBalancer) =>
        loadBalancer is null ? [] : loadBalancer.Listeners
            .Where(listener => listener.Tls is not null)
            .Select(listener => (ProxyName.OfListener(loadBalancer.Id, listener.Port), listener.Tls!.CertificateId));

    /// <summary>
    /// Before a process starts: every file that it will read. A certificate can be gone while its listener is still served with it, because the plan is
    /// older or cannot be served: the file that there is stays then. Without one HAProxy names the listener, which is left out.
    /// </summary>
    private void WriteCertificates()
    {
        foreach (var (listener, id) in _entries.Values.SelectMany(entry => CertificatesOf(entry.Target)).Where(used => !_certificates.Holds(used.Listener, used.CertificateId)))
        {
            if (context.Certificates.ReadPem(id) is { } pem)
            {
                _certificates.Write(listener, id, pem);
            }
        }
    }

    private async Task ReplaceAsync(CellProcess process, string listener, string certificateId, CancellationToken cancellationToken)
    {
        var pem = context.Certificates.ReadPem(certificateId) ?? throw new RuntimeException($"The certificate {certificateId} of {listener} is gone");
        var path = _certificates.PathOf(listener);
        if (pem.Length > context.Binary.Capabilities.LongestPayload)
        {
            throw new RuntimeException($"The certificate {certificateId} of {listener} is too long for a command");
        }

        // The answers are not told: HAProxy repeats nothing of a key, and nobody needs to know more than that it was refused.
        if (!CertificateCommands.IsTaken(await process.Session.SendAsync(CertificateCommands.Set(path, pem), cancellationToken))
            || !CertificateCommands.IsCommitted(await process.Session.SendAsync(CertificateCommands.Commit(path), cancellationToken)))
        {
            await process.Session.SendAsync(CertificateCommands.Abort(path), cancellationToken);
            throw new RuntimeException($"HAProxy did not take the certificate {certificateId} for {listener}");
        }

        _certificates.Write(listener, certificateId, pem);

        // Handshakes show it from now on, but the process would still take up sessions that began with the one before.
        _drift ??= "certificate replaced";
    }

    /// <summary>
    /// A process makes the keys of its listeners' TLS tickets when it starts, keeps them and its sessions until it ends, whatever becomes of certificates, and cannot be
    /// told to forget them (2.6.12). So the next one comes in time; it knows of no session of the one before.
    /// </summary>
    private void RenewTicketKeys(CellProcess process)
    {
        var now = context.Clock.GetSteadyTime();
        process.TicketKeysKnown ??= process.Begun > TimeSpan.Zero ? process.Begun : now;
        if (_drift is null && _entries.Values.Any(entry => CertificatesOf(entry.Served).Any())
            && now - process.TicketKeysKnown > context.Options.Value.TlsTicketKeyLifetime)
        {
            _drift = "ticket keys renewed";
            context.Changes.Raise();
        }
    }

    /// <summary>Null when the listener's TLS can be served; else why not.</summary>
    private string? WhyNotSecure(PlannedTls? tls) => tls is null ? null
        : Configuration.TlsSettings.WhyNot(tls)
            ?? (context.Certificates.ReadPem(tls.CertificateId) is null ? $"Its certificate {tls.CertificateId} is not there any more; give it another." : null);
}
