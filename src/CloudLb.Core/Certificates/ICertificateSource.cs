namespace CloudLb.Core.Certificates;

/// <summary>Gives whatever ends TLS what it needs for that. Safe to call from any thread.</summary>
public interface ICertificateSource
{
    /// <summary>
    /// The certificate, its issuers in order and its private key as one PEM text, made anew from what they mean; null when there is no such
    /// certificate. It is a secret: for a file that its owner alone may read, or for the data plane itself, and for nothing else.
    /// </summary>
    /// <param name="certificateId"><see cref="ServerCertificate.ContentId"/>.</param>
    string? ReadPem(string certificateId);
}
