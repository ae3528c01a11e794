using CloudLb.Core;
using CloudLb.Core.Certificates;

namespace CloudLb.Iam.Certificates;

/// <summary>IAM's words for a certificate that cannot be taken; none holds anything of the key.</summary>
/// <remarks>
/// The texts on certificates and chains are AWS's (captures in public issues); those on keys and times are not known and are ours.
/// </remarks>
internal static class UploadRefusals
{
    public static ServiceException Of(CertificateFault fault) => fault.What switch
    {
        CertificateFaultKind.ChainOutOfOrder => Malformed(
            "Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, " +
            $"followed by any intermediaries in order. The index within the chain of the invalid certificate is: {fault.Index}"),
        CertificateFaultKind.NotValidNow => Malformed(
            "The certificate is not valid now: it cannot be uploaded before its validity period begins or after it ends."),
        CertificateFaultKind.NoKey => Malformed(
            "Unable to parse the private key. Please ensure that it is an RSA key of " +
            $"{CertificateUpload.SmallestRsa} to {CertificateUpload.LargestRsa} bits or an ECDSA key of " +
            $"{CertificateUpload.Curves} in PEM format and is not encrypted."),
        CertificateFaultKind.OtherKey => Errors.KeyPairMismatch.Because("The private key does not match the certificate."),
        _ => Malformed("Unable to parse certificate. Please ensure the certificate is in PEM format."),
    };

    private static ServiceException Malformed(string message) => Errors.MalformedCertificate.Because(message);
}
