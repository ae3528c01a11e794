using System.Security.Cryptography.X509Certificates;

namespace CloudLb.HAProxy.Health;

/// <summary>Handshakes with members whose certificates are nobody's to judge: what a certificate says makes us fetch nothing from anywhere.</summary>
internal static class TlsWithoutTrust
{
    public static X509ChainPolicy Policy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };
}
