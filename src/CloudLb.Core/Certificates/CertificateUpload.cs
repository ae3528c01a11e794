using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.Core.Certificates;

/// <summary>What a caller uploads, checked: that it is PEM, that the chain is in order, and that the key fits the certificate.</summary>
/// <param name="PrivateKey">As PKCS#8, PEM, whatever form it came in.</param>
/// <param name="Expiration">The last moment at which the certificate is valid.</param>
public sealed record CertificateUpload(string PrivateKey, DateTimeOffset Expiration)
{
    /// <summary>
    /// Bits. AWS takes 1024 as well; OpenSSL as distributions set it up does not load such a certificate, so that no listener could use it.
    /// </summary>
    public const int SmallestRsa = 2048;

    /// <summary>
    /// Bits, as AWS's load balancers and ACM take them. What a handshake costs grows with the third power: 2 ms with this, and 300 ms with
    /// 16,384 bits, for which nobody else who shares the process is answered.
    /// </summary>
    public const int LargestRsa = 4096;

    /// <summary>
    /// Bits of the public exponent of an RSA key: the most that OpenSSL takes where it looks at signatures of long keys. One as long as the
    /// modulus costs a handshake 34 ms with 4,096 bits, and a look at a signature 7 ms with 3,072.
    /// </summary>
    public const int LargestExponent = 64;

    /// <summary>
    /// The curves of AWS's load balancers. A listener with a key of another shakes hands with nobody (OpenSSL 3.0, by its usual groups).
    /// </summary>
    public const string Curves = "P-256, P-384 or P-521";

    private static readonly string[] CurveIds = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <param name="body">One certificate, PEM.</param>
    /// <param name="chain">Its issuers in order, PEM; null when there are none.</param>
    /// <param name="privateKey">PEM, in any unencrypted form.</param>
    /// <param name="now">The time that the certificate must be valid at.</param>
    /// <param name="refusal">Makes what is thrown of the first thing that is wrong, in the words of the service that was asked.</param>
    public static CertificateUpload Check(
        string body, string? chain, string privateKey, DateTimeOffset now, Func<CertificateFault, ServiceException> refusal)
    {
        try
        {
            return CheckParts(body, chain, privateKey, now, refusal);
        }
        catch (Exception exception) when (exception is CryptographicException or NotSupportedException)
        {
            // It can be read, and holds a public key of a kind, a curve or with a point that there is not.
            throw refusal(CertificateFault.NotPem);
        }
    }

    private static CertificateUpload CheckParts(
        string body, string? chain, string privateKey, DateTimeOffset now, Func<CertificateFault, ServiceException> refusal)
    {
        using var certificate = PemCertificates.Read(body) switch
        {
            [var single] => single,
            [] => throw refusal(CertificateFault.NotPem),
            _ => throw refusal(CertificateFault.Several),
        };
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            throw refusal(CertificateFault.NotValidNow);
        }

        if (chain is not null)
        {
            var issuers = PemCertificates.Read(chain) is [_, ..] read ? read : throw refusal(CertificateFault.ChainNotPem);
            if (FirstWrong(certificate, issuers) is { } index)
            {
                throw refusal(CertificateFault.ChainWrongAt(index));
            }
        }

        return new(CheckKey(certificate, privateKey, refusal), new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero));
    }

    /// <summary>The index of the first issuer that did not sign what stands before it; null when the chain is in order.</summary>
    private static int? FirstWrong(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> issuers)
    {
        var signed = certificate;
        for (var index = 0; index < issuers.Count; index++)
        {
            if (!IssuedBy.Check(signed, issuers[index]))
            {
                return index;
            }

            signed = issuers[index];
        }

        return null;
    }

    private static string CheckKey(X509Certificate2 certificate, string privateKey, Func<CertificateFault, ServiceException> refusal)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        using var rsaKey = TryRead(RSA.Create(), privateKey);
        using var ecdsaKey = TryRead(ECDsa.Create(), privateKey);
        if ((rsaKey is null && ecdsaKey is null) || rsaKey?.KeySize is < SmallestRsa or > LargestRsa
            || (rsaKey is not null && HasLargeExponent(rsaKey))
            || (ecdsaKey is not null && !CurveIds.Contains(ecdsaKey.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value)))
        {
            throw refusal(CertificateFault.NoKey);
        }

        var fits = rsa is not null && rsaKey is not null
            ? rsa.ExportParameters(false).Modulus.AsSpan().SequenceEqual(rsaKey.ExportParameters(false).Modulus)
            : ecdsa is not null
            && ecdsaKey is not null
            && ecdsa.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(ecdsaKey.ExportSubjectPublicKeyInfo());
        return fits
            ? (rsaKey as AsymmetricAlgorithm ?? ecdsaKey!).ExportPkcs8PrivateKeyPem()
            : throw refusal(CertificateFault.OtherKey);
    }

    /// <summary>Whether all that is done with a key would take longer than its size says.</summary>
    public static bool HasLargeExponent(RSA key) =>
        key.ExportParameters(includePrivateParameters: false).Exponent.AsSpan().TrimStart((byte)0).Length > LargestExponent / 8;

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
}
