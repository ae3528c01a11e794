using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.Core.Certificates;

/// <summary>Reads and writes PEM texts of certificates and of nothing else.</summary>
public static class PemCertificates
{
    private const string Label = "CERTIFICATE";

    /// <summary>
    /// The certificates in their order; empty when there is anything but certificates and blanks, which AWS refuses as well.
    /// </summary>
    public static IReadOnlyList<X509Certificate2> Read(string text)
    {
        var certificates = new List<X509Certificate2>();
        var rest = text.AsSpan();
        try
        {
            while (!rest.IsWhiteSpace())
            {
                if (!PemEncoding.TryFind(rest, out var found)
                    || !rest[..found.Location.Start].IsWhiteSpace()
                    || rest[found.Label] is not Label)
                {
                    return [];
                }

                certificates.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(rest[found.Base64Data].ToString())));
                rest = rest[found.Location.End..];
            }

            return certificates;
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    /// <summary>The same certificates as the PEM text has, in a text that has nothing else.</summary>
    public static string Rewrite(string text) => string.Concat(Read(text).Select(certificate => certificate.ExportCertificatePem() + "\n"));
}
