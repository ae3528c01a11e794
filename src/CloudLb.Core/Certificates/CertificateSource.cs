using CloudLb.Core.Resources;

namespace CloudLb.Core.Certificates;

/// <summary>Reads certificates out of the store for whatever ends TLS.</summary>
public sealed class CertificateSource(IResourceStore store, ITextSealer sealer) : ICertificateSource
{
    public string? ReadPem(string certificateId) => store.Current.Certificates.Find(certificateId) is { } certificate
        ? PemCertificates.Rewrite(certificate.Body) + PemCertificates.Rewrite(certificate.Chain ?? "")
            + sealer.Unseal(certificate.Id, certificate.PrivateKey) + "\n"
        : null;
}
