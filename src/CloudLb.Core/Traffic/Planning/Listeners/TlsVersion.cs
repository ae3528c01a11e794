namespace CloudLb.Core.Traffic.Planning;

/// <summary>A version of the protocol, oldest first.</summary>
public enum TlsVersion
{
    Ssl3,
    Tls10,
    Tls11,
    Tls12,
    Tls13,
}
