namespace CloudLb.Core.Traffic.Planning;

/// <summary>What members can be told of the certificate that a client has shown.</summary>
public enum ClientCertificatePart
{
    /// <summary>Its number, hexadecimal in upper case.</summary>
    SerialNumber,

    /// <summary>Who has signed it, as RFC 2253 writes a name.</summary>
    Issuer,

    /// <summary>Whose it is, in the same way.</summary>
    Subject,

    /// <summary>From when to when: <c>NotBefore=2023-09-21T01:50:17Z;NotAfter=2024-09-20T01:50:17Z</c>.</summary>
    Validity,

    /// <summary>The certificate in PEM with <c>%20</c> and <c>%0A</c> for blanks and ends of lines.</summary>
    Leaf,

    /// <summary>The same of all certificates that the client has sent, its own first.</summary>
    Chain,
}
