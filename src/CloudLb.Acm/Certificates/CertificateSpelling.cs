using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.Acm.Certificates;

/// <summary>Algorithms and uses in the words of ACM's model.</summary>
internal static class CertificateSpelling
{
    private static readonly (X509KeyUsageFlags Flag, string Name)[] KeyUsages =
    [
        (X509KeyUsageFlags.DigitalSignature, "DIGITAL_SIGNATURE"),
        (X509KeyUsageFlags.NonRepudiation, "NON_REPUDIATION"),
        (X509KeyUsageFlags.KeyEncipherment, "KEY_ENCIPHERMENT"),
        (X509KeyUsageFlags.DataEncipherment, "DATA_ENCIPHERMENT"),
        (X509KeyUsageFlags.KeyAgreement, "KEY_AGREEMENT"),
        (X509KeyUsageFlags.KeyCertSign, "CERTIFICATE_SIGNING"),
        (X509KeyUsageFlags.CrlSign, "CRL_SIGNING"),
        (X509KeyUsageFlags.EncipherOnly, "ENCIPHER_ONLY"),
        (X509KeyUsageFlags.DecipherOnly, "DECIPHER_ONLY"),
    ];

    private static readonly FrozenDictionary<string, string> ExtendedKeyUsages = new Dictionary<string, string>
    {
        ["1.3.6.1.5.5.7.3.1"] = "TLS_WEB_SERVER_AUTHENTICATION",
        ["1.3.6.1.5.5.7.3.2"] = "TLS_WEB_CLIENT_AUTHENTICATION",
        ["1.3.6.1.5.5.7.3.3"] = "CODE_SIGNING",
        ["1.3.6.1.5.5.7.3.4"] = "EMAIL_PROTECTION",
        ["1.3.6.1.5.5.7.3.5"] = "IPSEC_END_SYSTEM",
        ["1.3.6.1.5.5.7.3.6"] = "IPSEC_TUNNEL",
        ["1.3.6.1.5.5.7.3.7"] = "IPSEC_USER",
        ["1.3.6.1.5.5.7.3.8"] = "TIME_STAMPING",
        ["1.3.6.1.5.5.7.3.9"] = "OCSP_SIGNING",
        ["2.5.29.37.0"] = "ANY",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> SignatureAlgorithms = new Dictionary<string, string>
    {
        ["1.2.840.113549.1.1.5"] = "SHA1WITHRSA",
        ["1.2.840.113549.1.1.10"] = "RSASSA-PSS",
        ["1.2.840.113549.1.1.11"] = "SHA256WITHRSA",
        ["1.2.840.113549.1.1.12"] = "SHA384WITHRSA",
        ["1.2.840.113549.1.1.13"] = "SHA512WITHRSA",
        ["1.2.840.10045.4.3.2"] = "SHA256WITHECDSA",
        ["1.2.840.10045.4.3.3"] = "SHA384WITHECDSA",
        ["1.2.840.10045.4.3.4"] = "SHA512WITHECDSA",
    }.ToFrozenDictionary();

    public static IEnumerable<string> NamesOf(X509KeyUsageFlags usages) =>
        KeyUsages.Where(usage => usages.HasFlag(usage.Flag)).Select(usage => usage.Name);

    public static string NameOf(Oid usage) => ExtendedKeyUsages.GetValueOrDefault(usage.Value ?? "", "CUSTOM");

    public static string KeyAlgorithmOf(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        return rsa is not null ? $"RSA_{rsa.KeySize}" : ecdsa?.KeySize switch
        {
            256 => "EC_prime256v1",
            384 => "EC_secp384r1",
            521 => "EC_secp521r1",
            _ => "EC",
        };
    }

    public static string SignatureAlgorithmOf(X509Certificate2 certificate) =>
        SignatureAlgorithms.GetValueOrDefault(certificate.SignatureAlgorithm.Value ?? "", certificate.SignatureAlgorithm.Value ?? "");
}
