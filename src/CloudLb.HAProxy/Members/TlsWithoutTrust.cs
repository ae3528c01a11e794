using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// Handshakes with members whose certificates are nobody's to judge: what a certificate says makes us fetch nothing from anywhere. Members
/// may be as old as AWS's default policy lets them be.
/// </summary>
/// <remarks>
/// Tried with .NET 10 on OpenSSL 3.0 as Debian 12 sets it up: by themselves .NET and OpenSSL go no lower than TLS 1.2, and neither offers
/// CAMELLIA. Named versions and a policy of ciphers lift both. What no setting lifts: signatures of handshakes have no SHA-1, so that TLS
/// 1.0 and 1.1 come about with RSA alone. Such a member passes its first check one interval later, which HAProxy makes.
/// </remarks>
[UnsupportedOSPlatform("windows")]
internal static class TlsWithoutTrust
{
    /// <summary>
    /// All that there are, but those without a certificate or encryption, with keys that nobody has given us, or with a Diffie-Hellman
    /// group, which is the member's to choose as large as it likes.
    /// </summary>
    private static readonly CipherSuitesPolicy Ciphers = new(Enum.GetValues<TlsCipherSuite>().Where(suite =>
        suite.ToString() is var name
            && !name.Contains("_anon_")
            && !name.Contains("_NULL_")
            && !name.Contains("_DHE_")
            && !name.Contains("PSK_")
            && !name.Contains("_SRP_")
            && !name.Contains("_KRB5_")));

#pragma warning disable SYSLIB0039, CA5397 // Older than what is safe, as AWS's default policy for instances is (ELBSecurityPolicy-2016-08).
    private const SslProtocols Versions = SslProtocols.Tls | SslProtocols.Tls11 | SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore SYSLIB0039, CA5397

    public static X509ChainPolicy Policy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    /// <param name="see">Is shown the chain; whatever it holds is taken.</param>
    public static SslClientAuthenticationOptions Client(Action<X509Chain?>? see = null) => new()
    {
        EnabledSslProtocols = Versions,
        CipherSuitesPolicy = Ciphers,
        RemoteCertificateValidationCallback = (_, _, chain, _) =>
        {
            see?.Invoke(chain);
            return true;
        },
        CertificateChainPolicy = Policy(),
        TargetHost = "",
    };
}
