using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>How a secure listener speaks TLS with its clients.</summary>
public sealed record ListenerTls
{
    /// <summary>The id of the certificate that is shown to whoever asks for no name that another has.</summary>
    public required string CertificateId { get; init; }

    /// <summary>The ids of those in its list, in the order in which they were added; the default one may be among them.</summary>
    public EquatableArray<string> NamedCertificateIds { get; init; }

    /// <summary>A predefined policy's name.</summary>
    public required string SslPolicy { get; init; }

    /// <summary>Which protocols are offered by ALPN: <c>HTTP2Preferred</c>; null where nothing was said, as of HTTPS listeners.</summary>
    public string? AlpnPolicy { get; init; }

    /// <summary>Null where clients are not asked for certificates.</summary>
    public MutualAuthentication? MutualAuthentication { get; init; }
}
