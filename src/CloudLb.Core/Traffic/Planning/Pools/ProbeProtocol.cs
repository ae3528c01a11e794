namespace CloudLb.Core.Traffic.Planning;

/// <summary>What a check does with a member. Certificates of members are not looked at.</summary>
public enum ProbeProtocol
{
    /// <summary>Passes when the connection is made.</summary>
    Tcp,

    /// <summary>Passes when the TLS handshake is made.</summary>
    Ssl,

    /// <summary>Passes when the answer's status is one of those expected; redirects are not followed.</summary>
    Http,

    /// <summary>As <see cref="Http"/>, over TLS.</summary>
    Https,
}
