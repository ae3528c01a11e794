using System.Security.Cryptography;
using System.Text;
using CloudLb.Acm.Contracts;
using CloudLb.Core.Certificates;

namespace CloudLb.Acm.Certificates;

/// <summary>What a caller imports, checked: PEM texts that come as bytes.</summary>
/// <param name="Body">The certificate.</param>
/// <param name="Chain">Its issuers in order; null of one that is signed by itself.</param>
/// <param name="Upload">Its key, and until when it is valid.</param>
/// <param name="Facts">What the certificate says.</param>
internal sealed record ImportedPem(string Body, string? Chain, CertificateUpload Upload, CertificateFacts Facts)
{
    /// <exception cref="Core.ServiceException">It cannot be taken, in ACM's words.</exception>
    public static ImportedPem Check(ImportCertificateRequest request, DateTimeOffset now)
    {
        var body = Text(request.Certificate);
        var chain = request.CertificateChain is { } given ? Text(given) : null;
        var key = Encoding.UTF8.GetString(request.PrivateKey.Span);
        var upload = CertificateUpload.Check(body, chain, key, now, ImportRefusals.Of);
        using var certificate = PemCertificates.Read(body)[0];
        if (chain is null && !certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData))
        {
            throw ImportRefusals.SelfSignedOnly;
        }

        try
        {
            return new(body, chain, upload, CertificateFacts.Of(certificate));
        }
        catch (CryptographicException)
        {
            // An extension that is none.
            throw ImportRefusals.Of(CertificateFault.NotPem);
        }
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span).Trim();
}
