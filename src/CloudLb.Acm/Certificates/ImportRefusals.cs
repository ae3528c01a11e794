using CloudLb.Core;
using CloudLb.Core.Certificates;

namespace CloudLb.Acm.Certificates;

/// <summary>ACM's words for a certificate that cannot be imported; none holds anything of the key.</summary>
/// <remarks>Those on several certificates and on chains are AWS's own (its knowledge center); the others are ours.</remarks>
internal static class ImportRefusals
{
    public static readonly ServiceException SelfSignedOnly = Errors.ValidationException.Because(
        "Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.");

    public static ServiceException Of(CertificateFault fault) => Errors.ValidationException.Because(fault.What switch
    {
        CertificateFaultKind.Several =>
            "The certificate field contains more than one certificate. You can specify only one certificate in this field.",
        CertificateFaultKind.ChainNotPem =>
            "Unable to parse certificate chain. Please ensure the certificate chain is in PEM format.",
        CertificateFaultKind.ChainOutOfOrder => "Could not validate the certificate with the certificate chain.",
        CertificateFaultKind.NotValidNow => "The certificate is not valid now: its validity period has not begun, or has ended.",
        CertificateFaultKind.NoKey =>
            "The private key is not supported. It must be an RSA key of " +
            $"{CertificateUpload.SmallestRsa} to {CertificateUpload.LargestRsa} bits or an ECDSA key of " +
            $"{CertificateUpload.Curves} in PEM format that is not encrypted.",
        CertificateFaultKind.OtherKey => "The private key does not match the certificate.",
        _ => "Unable to parse certificate. Please ensure the certificate is in PEM format.",
    });
}
