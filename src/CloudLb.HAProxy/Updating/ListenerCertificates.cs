using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Updating;

/// <summary>Gives listeners of the running process other certificates. Used under the gate.</summary>
internal sealed class ListenerCertificates(CellContext context, CertificateFiles files)
{
    public async Task ReplaceAsync(CellProcess process, string listener, string certificateId, CancellationToken cancellationToken)
    {
        await SetAsync(process, listener, certificateId, cancellationToken);

        // Handshakes show it from now on, but the process would still take up sessions that began with the one before.
        context.State.Change(state => state with { Drift = state.Drift ?? "certificate replaced" });
    }

    /// <summary>A further certificate, for who asks for one of its names.</summary>
    public async Task AddAsync(CellProcess process, string listener, string certificateId, CancellationToken cancellationToken)
    {
        var name = ProxyName.OfNamedCertificate(listener, certificateId);
        var path = files.PathOf(name);
        if (!CertificateCommands.HasPlace(await process.Session.SendAsync(CertificateCommands.New(path), cancellationToken)))
        {
            throw new RuntimeException($"HAProxy has no place for the certificate {certificateId} of {listener}");
        }

        await SetAsync(process, name, certificateId, cancellationToken);
        var added = await process.Session.SendAsync(CertificateCommands.Add(TlsSettings.ListOf(listener), path), cancellationToken);
        if (!CertificateCommands.IsCommitted(added))
        {
            throw new RuntimeException($"HAProxy did not add the certificate {certificateId} to {listener}");
        }
    }

    public async Task RemoveAsync(CellProcess process, string listener, string certificateId, CancellationToken cancellationToken)
    {
        var path = files.PathOf(ProxyName.OfNamedCertificate(listener, certificateId));
        var removed = await process.Session.SendAsync(CertificateCommands.Remove(TlsSettings.ListOf(listener), path), cancellationToken);
        if (!CertificateCommands.IsRemoved(removed))
        {
            throw new RuntimeException($"HAProxy did not remove the certificate {certificateId} of {listener}: {removed.Trim()}");
        }

        // One that stays loaded is shown to nobody, and goes with the process.
        await process.Session.SendAsync(CertificateCommands.Delete(path), cancellationToken);

        // As above.
        context.State.Change(state => state with { Drift = state.Drift ?? "certificate removed" });
    }

    private async Task SetAsync(CellProcess process, string name, string certificateId, CancellationToken cancellationToken)
    {
        var pem = context.Certificates.ReadPem(certificateId)
            ?? throw new RuntimeException($"The certificate {certificateId} of {name} is gone");
        var path = files.PathOf(name);
        if (pem.Length > context.Capabilities.LongestPayload)
        {
            throw new RuntimeException($"The certificate {certificateId} of {name} is too long for a command");
        }

        // The answers are not told: HAProxy repeats nothing of a key, and nobody needs to know more than that it was refused.
        if (!CertificateCommands.IsTaken(await process.Session.SendAsync(CertificateCommands.Set(path, pem), cancellationToken))
            || !CertificateCommands.IsCommitted(await process.Session.SendAsync(CertificateCommands.Commit(path), cancellationToken)))
        {
            await process.Session.SendAsync(CertificateCommands.Abort(path), cancellationToken);
            throw new RuntimeException($"HAProxy did not take the certificate {certificateId} for {name}");
        }

        files.Write(name, certificateId, pem);
    }
}
