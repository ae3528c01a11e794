namespace CloudLb.Core.Traffic.Planning;

/// <summary>How a listener speaks TLS with its clients.</summary>
public sealed record PlannedTls
{
    /// <summary>
    /// The id of the certificate that is shown to whoever asks for no other name. In the plan that a data plane is given it stands for the
    /// content too (<see cref="CertificateContents"/>). Letters and digits.
    /// </summary>
    public required string CertificateId { get; init; }

    /// <summary>
    /// The ids of further ones, each shown to those who ask for a name of its; of several that have the name, the first of a kind of key
    /// that the client knows, and ECDSA before RSA. The names of the one above then count for nothing. Null where there can be none, empty
    /// where there are none by now.
    /// </summary>
    public EquatableArray<string>? NamedCertificateIds { get; init; }

    /// <summary>What clients show; null when they are not asked.</summary>
    public PlannedClientAuthentication? ClientAuthentication { get; init; }

    /// <summary>Those that are offered, oldest first; at least one.</summary>
    public required EquatableArray<TlsVersion> Versions { get; init; }

    /// <summary>
    /// OpenSSL's names in the order of preference, for the versions up to 1.2; at least one where one of those is offered. A data plane may
    /// not know them all.
    /// </summary>
    public required EquatableArray<string> Ciphers { get; init; }

    /// <summary>IANA's names in the order of preference, for TLS 1.3; the data plane's own when it is empty.</summary>
    public EquatableArray<string> CipherSuites { get; init; } = [];

    /// <summary>The listener's order of preference counts, not the client's.</summary>
    public required bool IsServerOrder { get; init; }

    /// <summary>The protocols that are offered by ALPN, in the order of preference; none when it is empty.</summary>
    public EquatableArray<string> Alpn { get; init; } = [];
}
