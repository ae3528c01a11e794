using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CloudLb.Core;
using CloudLb.Core.Certificates;

namespace CloudLb.ElbV2.Domain;

/// <summary>The certificates of authorities, as a file gives them to a trust store.</summary>
/// <param name="Text">As one PEM text, made anew.</param>
/// <param name="Count">How many there are.</param>
internal sealed record AuthorityBundle(string Text, int Count)
{
    /// <summary>Bytes of a file: as many certificates as there may be, each as long as it may be, with words between them.</summary>
    public const int LongestFile = 1024 * 1024;

    /// <summary>The user guide's.</summary>
    private const int LongestCertificate = 16 * 1024;

    /// <summary>Reads a file that somebody has written: comments between the certificates are not kept.</summary>
    public static AuthorityBundle Read(byte[] file, Quotas quotas)
    {
        var certificates = PemCertificates.Read(CertificatesIn(Encoding.Latin1.GetString(file)));
        if (certificates.Count == 0)
        {
            throw Invalid("The specified ca certificate bundle is in an invalid format, or corrupt");
        }

        if (certificates.Count > quotas.CertificatesPerTrustStore)
        {
            throw Invalid($"The ca certificate bundle has more than '{quotas.CertificatesPerTrustStore}' certificates");
        }

        try
        {
            foreach (var certificate in certificates)
            {
                Check(certificate);
            }
        }
        catch (CryptographicException)
        {
            throw Invalid("A certificate of the ca certificate bundle is in an invalid format, or corrupt");
        }

        return new(string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n")), certificates.Count);
    }

    private static void Check(X509Certificate2 certificate)
    {
        if (certificate.RawDataMemory.Length > LongestCertificate)
        {
            throw Invalid($"A certificate of the ca certificate bundle is longer than '{LongestCertificate}' bytes");
        }

        if (certificate.Version != 3)
        {
            throw Invalid("A certificate of the ca certificate bundle is not of X.509 version 3");
        }

        if (!HasKnownKey(certificate))
        {
            throw Invalid(
                "A certificate of the ca certificate bundle has a key that is neither RSA of 2048 to 8192 bits nor ECDSA of a usual curve");
        }

        // Read once here, where a fault is its caller's.
        var usages = certificate.Extensions.OfType<X509KeyUsageExtension>().Select(extension => extension.KeyUsages).ToList();
        if (usages.Exists(usage => !usage.HasFlag(X509KeyUsageFlags.KeyCertSign))
            || !certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority))
        {
            throw Invalid("A certificate of the ca certificate bundle is not a certificate authority's");
        }
    }

    /// <summary>The user guide's: longer ones would cost every handshake of every client dearly, shorter ones protect nobody.</summary>
    private static bool HasKnownKey(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        return rsa?.KeySize is >= 2048 and <= 8192
            || (ecdsa?.ExportParameters(includePrivateParameters: false).Curve.IsNamed == true && ecdsa.KeySize is 256 or 384 or 521);
    }

    /// <summary>Without what stands before, between and behind, as the tools of authorities write it there.</summary>
    private static string CertificatesIn(string text)
    {
        const string Begin = "-----BEGIN CERTIFICATE-----", End = "-----END CERTIFICATE-----";
        var found = new StringBuilder();
        for (var from = 0; text.IndexOf(Begin, from, StringComparison.Ordinal) is >= 0 and var start;)
        {
            var end = text.IndexOf(End, start, StringComparison.Ordinal);
            if (end < 0)
            {
                throw Invalid("The specified ca certificate bundle is in an invalid format, or corrupt");
            }

            from = end + End.Length;
            found.Append(text, start, from - start).Append('\n');
        }

        return found.ToString();
    }

    private static ServiceException Invalid(string message) => Errors.InvalidCaCertificatesBundle.Because(message);
}
