using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core;
using CloudLb.Core.Certificates;

namespace CloudLb.Iam.Certificates;

/// <summary>What a caller uploads, checked: that it is PEM, that the chain is in order, and that the key fits the certificate.</summary>
/// <param name="PrivateKey">As PKCS#8, PEM, whatever form it came in.</param>
/// <param name="Expiration">The last moment at which the certificate is valid.</param>
/// <remarks>
/// The texts on certificates and chains are AWS's (captures in public issues); those on keys and times are not known and are ours.
/// </remarks>
internal sealed record CertificateUpload(string PrivateKey, DateTimeOffset Expiration)
{
    /// <summary>
    /// Bits. AWS takes 1024 as well; OpenSSL as distributions set it up does not load such a certificate, so that no listener could use it.
    /// </summary>
    private const int SmallestRsa = 2048;
    private const int SmallestEcdsa = 256;

    private const string NotPem = "Unable to parse certificate. Please ensure the certificate is in PEM format.";

    /// <summary>Throws MalformedCertificate or KeyPairMismatch; no message holds anything of the key.</summary>
    public static CertificateUpload Check(string body, string? chain, string privateKey, DateTimeOffset now)
    {
        try
        {
            return CheckParts(body, chain, privateKey, now);
        }
        catch (Exception exception) when (exception is CryptographicException or NotSupportedException)
        {
            // It can be read, and holds a public key of a kind, a curve or with a point that there is not.
            throw Malformed(NotPem);
        }
    }

    private static CertificateUpload CheckParts(string body, string? chain, string privateKey, DateTimeOffset now)
    {
        using var certificate = PemCertificates.Read(body) is [var single] ? single : throw Malformed(NotPem);
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            throw Malformed("The certificate is not valid now: it cannot be uploaded before its validity period begins or after it ends.");
        }

        if (chain is not null)
        {
            CheckChain(certificate, PemCertificates.Read(chain) is [_, ..] issuers ? issuers : throw Malformed(NotPem));
        }

        return new(CheckKey(certificate, privateKey), new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero));
    }

    private static void CheckChain(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> issuers)
    {
        var signed = certificate;
        for (var index = 0; index < issuers.Count; index++)
        {
            if (!IssuedBy.Check(signed, issuers[index]))
            {
                throw Malformed(
                    "Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, " +
                    "followed by any " +
                    $"intermediaries in order. The index within the chain of the invalid certificate is: {index}");
            }

            signed = issuers[index];
        }
    }

    private static string CheckKey(X509Certificate2 certificate, string privateKey)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        using var rsaKey = TryRead(RSA.Create(), privateKey);
        using var ecdsaKey = TryRead(ECDsa.Create(), privateKey);
        if ((rsaKey is null && ecdsaKey is null) || rsaKey?.KeySize < SmallestRsa || ecdsaKey?.KeySize < SmallestEcdsa)
        {
            throw Malformed(
                $"Unable to parse the private key. Please ensure that it is an RSA or ECDSA key of at least {SmallestRsa} or " +
                $"{SmallestEcdsa} bits in PEM " +
                "format and is not encrypted.");
        }

        var fits = rsa is not null && rsaKey is not null
            ? rsa.ExportParameters(false).Modulus.AsSpan().SequenceEqual(rsaKey.ExportParameters(false).Modulus)
            : ecdsa is not null
            && ecdsaKey is not null
            && ecdsa.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(ecdsaKey.ExportSubjectPublicKeyInfo());
        return fits
            ? (rsaKey as AsymmetricAlgorithm ?? ecdsaKey!).ExportPkcs8PrivateKeyPem()
            : throw Errors.KeyPairMismatch.Because("The private key does not match the certificate.");
    }

    private static T? TryRead<T>(T key, string pem)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(pem);

            // A public key is read as willingly, and fails here.
            _ = key.ExportPkcs8PrivateKey();
            return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or NotSupportedException)
        {
            key.Dispose();
            return null;
        }
    }

    private static ServiceException Malformed(string message) => Errors.MalformedCertificate.Because(message);
}
