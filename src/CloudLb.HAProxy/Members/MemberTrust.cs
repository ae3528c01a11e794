using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// What OpenSSL in HAProxy can be made to trust so that a connection to a member comes about while it shows its certificate: that
/// certificate itself, if it is self-signed, else that of who has signed it, if the member sends it along. What OpenSSL would refuse is no
/// anchor: the key counts, not the rest.
/// </summary>
internal static class MemberTrust
{
    /// <summary>Bits, below which OpenSSL as Debian sets it up trusts no certificate.</summary>
    private const int SmallestRsa = 2048;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>
    /// What OpenSSL writes after a certificate that is trusted for servers, which makes one an anchor that is not self-signed: in DER, a
    /// sequence of a sequence of the use's identifier.
    /// </summary>
    private static readonly byte[] TrustedForServers = [0x30, 0x0c, 0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];

    /// <summary>RSA and ECDSA signatures with SHA-256, SHA-384 and SHA-512, and RSA-PSS.</summary>
    private static readonly string[] StrongSignatures =
    [
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.2.840.113549.1.1.10",
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4",
    ];

    /// <summary>Null where there is none.</summary>
    /// <param name="own">The member's certificate.</param>
    /// <param name="sent">Everything that the member has sent.</param>
    /// <param name="now">When it is to hold.</param>
    public static TrustAnchor? AnchorOf(X509Certificate2 own, IEnumerable<X509Certificate2> sent, DateTimeOffset now)
    {
        if (!HasStrongKey(own))
        {
            return null;
        }

        if (IsNameOf(own.SubjectName, own.IssuerName))
        {
            return Holds(own, own, now) ? Anchor(own.ExportCertificatePem()) : null;
        }

        var issuer = sent.FirstOrDefault(issuer =>
            IsNameOf(issuer.SubjectName, own.IssuerName)
                && HasStrongKey(issuer)
                && StrongSignatures.Contains(own.SignatureAlgorithm.Value)
                && Holds(own, issuer, now));
        return issuer is null ? null : Anchor(PemEncoding.WriteString("TRUSTED CERTIFICATE", [.. issuer.RawData, .. TrustedForServers]));
    }

    private static TrustAnchor Anchor(string pem) => new(Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(pem))), pem);

    private static bool IsNameOf(X500DistinguishedName subject, X500DistinguishedName issuer) =>
        subject.RawData.AsSpan().SequenceEqual(issuer.RawData);

    private static bool HasStrongKey(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            using var ecdsa = certificate.GetECDsaPublicKey();
            return rsa?.KeySize >= SmallestRsa || ecdsa is not null;
        }
        catch (Exception exception) when (exception is CryptographicException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool Holds(X509Certificate2 own, X509Certificate2 anchor, DateTimeOffset now)
    {
        using var chain = new X509Chain { ChainPolicy = TlsWithoutTrust.Policy() };
        chain.ChainPolicy.CustomTrustStore.Add(anchor);
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));

        // An anchor that somebody else has signed ends the chain for OpenSSL in HAProxy, though not for .NET.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return chain.Build(own) && chain.ChainElements[^1].Certificate.RawDataMemory.Span.SequenceEqual(anchor.RawData)
            && chain.ChainElements.Count == (ReferenceEquals(own, anchor) ? 1 : 2);
    }
}
