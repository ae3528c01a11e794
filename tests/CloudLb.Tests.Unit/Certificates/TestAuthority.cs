using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.Tests;

/// <summary>An authority made for a test: it signs certificates for clients, and lists of those that it has revoked.</summary>
internal sealed class TestAuthority
{
    private int _lists;

    private TestAuthority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>With its key.</summary>
    public X509Certificate2 Certificate { get; }

    public string Pem => Certificate.ExportCertificatePem();

    /// <param name="name">What it is called.</param>
    /// <param name="signsLists">Whether its certificate says that it may sign lists.</param>
    public static TestAuthority Of(string name, bool signsLists = true)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(Request($"CN={name}", key, isAuthority: true, signsLists).CreateSelfSigned(InDays(-400), InDays(400)));
    }

    /// <summary>Another authority, whose certificate this one has signed.</summary>
    public TestAuthority Below(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(Sign(Request($"CN={name}", key, isAuthority: true), key, -300, 300));
    }

    /// <summary>A client's certificate, with its key.</summary>
    /// <param name="name">A distinguished name.</param>
    /// <param name="validFromDays">From now.</param>
    /// <param name="validToDays">From now.</param>
    public X509Certificate2 Issue(string name, int validFromDays = -10, int validToDays = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Sign(Request(name, key, isAuthority: false), key, validFromDays, validToDays);
    }

    /// <summary>A list of certificates that are not to be taken any more, as PEM.</summary>
    public string ListOf(params IEnumerable<X509Certificate2> revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            builder.AddEntry(certificate, InDays(-1), X509RevocationReason.KeyCompromise);
        }

        var list = builder.Build(Certificate, new BigInteger(++_lists), InDays(1), HashAlgorithmName.SHA256, thisUpdate: InDays(-2));
        return PemEncoding.WriteString("X509 CRL", list) + "\n";
    }

    private X509Certificate2 Sign(CertificateRequest request, ECDsa key, int validFromDays, int validToDays)
    {
        using var signed = request.Create(Certificate, InDays(validFromDays), InDays(validToDays), RandomNumberGenerator.GetBytes(12));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority, bool signsLists = true)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (isAuthority)
        {
            request.CertificateExtensions.Add(
                new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | (signsLists ? X509KeyUsageFlags.CrlSign : 0), critical: true));
        }

        return request;
    }

    private static DateTimeOffset InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days);
}
