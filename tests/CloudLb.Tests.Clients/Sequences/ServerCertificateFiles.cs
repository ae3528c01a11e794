using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>A certificate that signed itself, and its key, as PEM.</summary>
internal sealed record ServerCertificateFiles(string Certificate, string Key)
{
    public static ServerCertificateFiles New(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return new(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
