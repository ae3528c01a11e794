using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Updating;

/// <summary>Gives listeners of the running process other certificates. Used under the gate.</summary>
internal sealed class ListenerCertificates(CellContext context, CertificateFiles files)
{
    public async Task ReplaceAsync(CellProcess process, string listener, string certificateId, CancellationToken cancellationToken)
    {
        var pem = context.Certificates.ReadPem(certificateId)
            ?? throw new RuntimeException($"The certificate {certificateId} of {listener} is gone");
        var path = files.PathOf(listener);
        if (pem.Length > context.Capabilities.LongestPayload)
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

        files.Write(listener, certificateId, pem);

        // Handshakes show it from now on, but the process would still take up sessions that began with the one before.
        context.State.Change(state => state with { Drift = state.Drift ?? "certificate replaced" });
    }
}
