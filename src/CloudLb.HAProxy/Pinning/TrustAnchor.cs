namespace CloudLb.HAProxy.Pinning;

/// <summary>A certificate to trust, in the form that OpenSSL reads: an instance's own, or that of who has signed it.</summary>
/// <param name="Id">Another for another text: letters and digits.</param>
/// <param name="Pem">One PEM text; a <c>TRUSTED CERTIFICATE</c> where the certificate is not self-signed.</param>
internal sealed record TrustAnchor(string Id, string Pem);
