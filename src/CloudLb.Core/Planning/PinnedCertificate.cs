namespace CloudLb.Core.Planning;

/// <summary>A certificate that an instance has shown, and whose key is one that its pool accepts.</summary>
/// <param name="Fingerprint">SHA-256 of its DER form: 64 upper-case hexadecimal digits.</param>
/// <param name="Pem">The certificate alone, in PEM form.</param>
/// <param name="IsAnchor">
/// It is self-signed, in force and fit for a server, so that TLS itself can be told to trust this certificate and no other, before anything is sent.
/// </param>
public sealed record PinnedCertificate(string Fingerprint, string Pem, bool IsAnchor)
{
    /// <summary>Keeps logs short.</summary>
    public override string ToString() => Fingerprint;
}
