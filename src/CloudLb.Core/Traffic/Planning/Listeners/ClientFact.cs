namespace CloudLb.Core.Traffic.Planning;

/// <summary>What members can be told of a client's connection in a header.</summary>
public enum ClientFact
{
    /// <summary>As <c>TLSv1.2</c>.</summary>
    TlsVersion,

    /// <summary>By OpenSSL's name.</summary>
    CipherSuite,
}
