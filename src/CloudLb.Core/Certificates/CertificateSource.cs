using CloudLb.Core.Resources;

namespace CloudLb.Core.Certificates;

/// <summary>Reads certificates out of the store for whatever ends TLS.</summary>
public sealed class CertificateSource(IResourceStore store, ITextSealer sealer) : ICertificateSource
{
    /// <remarks>
    /// One that was imported again since the plan was made is given as it is now: the next plan, which is on its way, asks for nothing
    /// else.
    /// </remarks>
    public string? ReadPem(string certificateId) =>
        store.Current.Certificates.Find(ServerCertificate.IdOf(certificateId)) is { } certificate
        ? PemCertificates.Rewrite(certificate.Body) + PemCertificates.Rewrite(certificate.Chain ?? "")
            + sealer.Unseal(certificate.Id, certificate.PrivateKey) + "\n"
        : null;
}
