using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core;
using CloudLb.Core.Certificates;

namespace CloudLb.Acm.Certificates;

/// <summary>What a certificate says of itself, in ACM's spelling.</summary>
internal sealed record CertificateFacts
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    private static readonly ConditionalWeakTable<ServerCertificate, CertificateFacts> Known = [];

    /// <summary>The common name; without one the first further name, and without that nothing.</summary>
    public required string? DomainName { get; init; }

    /// <summary>The DNS names that it is for, the common name first.</summary>
    public required EquatableArray<string> Names { get; init; }

    /// <summary>Bytes in hexadecimal digits, a colon between.</summary>
    public required string Serial { get; init; }

    public required string Subject { get; init; }

    /// <summary>The issuer's organization; without one its common name.</summary>
    public required string Issuer { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>As the model spells it: <c>RSA_2048</c>, <c>EC_prime256v1</c>.</summary>
    public required string KeyAlgorithm { get; init; }

    /// <summary><c>SHA256WITHRSA</c>.</summary>
    public required string SignatureAlgorithm { get; init; }

    public required EquatableArray<string> KeyUsages { get; init; }

    /// <summary>Names and object identifiers.</summary>
    public required EquatableArray<(string Name, string Oid)> ExtendedKeyUsages { get; init; }

    /// <summary>Of one that was imported, and so can be read.</summary>
    public static CertificateFacts Of(ServerCertificate certificate) => Known.GetValue(certificate, stored =>
    {
        using var read = PemCertificates.Read(stored.Body)[0];
        return Of(read);
    });

    /// <exception cref="CryptographicException">It has extensions that are none.</exception>
    public static CertificateFacts Of(X509Certificate2 certificate)
    {
        var common = ValueOf(certificate.SubjectName, CommonName);
        var further = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames()).ToList();
        return new()
        {
            DomainName = common ?? further.FirstOrDefault(),
            Names = (common is null ? further : further.Prepend(common)).Distinct(StringComparer.Ordinal).ToEquatableArray(),
            Serial = string.Join(':', Convert.FromHexString(certificate.SerialNumber).Select(value => value.ToString("x2", null))),
            Subject = certificate.Subject,
            Issuer = ValueOf(certificate.IssuerName, Organization) ?? ValueOf(certificate.IssuerName, CommonName) ?? certificate.Issuer,
            NotBefore = new(certificate.NotBefore.ToUniversalTime(), TimeSpan.Zero),
            NotAfter = new(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero),
            KeyAlgorithm = CertificateSpelling.KeyAlgorithmOf(certificate),
            SignatureAlgorithm = CertificateSpelling.SignatureAlgorithmOf(certificate),
            KeyUsages = certificate.Extensions.OfType<X509KeyUsageExtension>()
                .SelectMany(extension => CertificateSpelling.NamesOf(extension.KeyUsages)).ToEquatableArray(),
            ExtendedKeyUsages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
                .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>())
                .Select(oid => (CertificateSpelling.NameOf(oid), oid.Value ?? "")).ToEquatableArray(),
        };
    }

    /// <summary>The part of a name that is most to the point, the last that was written.</summary>
    private static string? ValueOf(X500DistinguishedName name, string oid) => name.EnumerateRelativeDistinguishedNames()
        .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == oid)
        .Select(part => part.GetSingleElementValue())
        .FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
