using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.Bench.Processes;

/// <summary>Certificates that nobody has signed but their own key, PEM.</summary>
internal static class SelfSigned
{
    public static (string Certificate, string Key) Of(RSA key, string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
