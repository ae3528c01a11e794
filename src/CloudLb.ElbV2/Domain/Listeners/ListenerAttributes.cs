using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain.Attributes;
using static CloudLb.ElbV2.Domain.Attributes.AttributeForms;

namespace CloudLb.ElbV2.Domain;

/// <summary>The attributes of listeners by protocol, with AWS's defaults.</summary>
internal static class ListenerAttributes
{
    public const string TcpIdleTimeout = "tcp.idle_timeout.seconds";
    public const string Server = "routing.http.response.server.enabled";
    public const string TlsVersion = "routing.http.request.x_amzn_tls_version.header_name";
    public const string CipherSuite = "routing.http.request.x_amzn_tls_cipher_suite.header_name";
    private const string Foreign = "The provided listener attribute is not supported";

    /// <summary>The headers that answers can be given, in the order in which their attributes are described.</summary>
    public static readonly IReadOnlyList<ResponseHeader> ResponseHeaders =
    [
        ResponseHeader.Of("Strict-Transport-Security"),
        ResponseHeader.Of("Access-Control-Allow-Origin"),
        ResponseHeader.Of("Access-Control-Allow-Methods"),
        ResponseHeader.Of("Access-Control-Allow-Headers"),
        ResponseHeader.Of("Access-Control-Allow-Credentials", "true"),
        ResponseHeader.Of("Access-Control-Expose-Headers"),
        ResponseHeader.Of("Access-Control-Max-Age"),
        ResponseHeader.Of("Content-Security-Policy"),
        ResponseHeader.Of("X-Content-Type-Options", "nosniff"),
        ResponseHeader.Of("X-Frame-Options", "DENY", "SAMEORIGIN"),
    ];

    /// <summary>What targets are told of clients' certificates, in the order in which the attributes are described.</summary>
    public static readonly IReadOnlyList<ClientHeader> ClientHeaders =
    [
        ClientHeader.Of("X-Amzn-Mtls-Clientcert-Serial-Number", ClientCertificatePart.SerialNumber),
        ClientHeader.Of("X-Amzn-Mtls-Clientcert-Issuer", ClientCertificatePart.Issuer),
        ClientHeader.Of("X-Amzn-Mtls-Clientcert-Subject", ClientCertificatePart.Subject),
        ClientHeader.Of("X-Amzn-Mtls-Clientcert-Validity", ClientCertificatePart.Validity),
        ClientHeader.Of("X-Amzn-Mtls-Clientcert-Leaf", ClientCertificatePart.Leaf),
        ClientHeader.Of("X-Amzn-Mtls-Clientcert", ClientCertificatePart.Chain),
    ];

    private static readonly HashSet<string> All = [.. OfTcp().Concat(OfHttp()).Concat(OfHttps()).Select(rule => rule.Key)];

    private static readonly AttributeTable Tcp = Table(OfTcp()), Http = Table(OfHttp()), Https = Table(OfHttp().Concat(OfHttps()));

    /// <summary>TLS listeners have none, and neither have those of datagrams.</summary>
    private static readonly AttributeTable None = Table([]);

    public static AttributeTable Of(Protocol protocol) => protocol switch
    {
        Protocol.HTTP => Http,
        Protocol.HTTPS => Https,
        Protocol.TCP => Tcp,
        _ => None,
    };

    /// <summary>
    /// The name of a header that targets are told; on a listener that is not secure, and has no such attribute, the usual.
    /// </summary>
    public static string HeaderOf(Listener listener, string key) => Https.Value(listener.Attributes, key);

    private static AttributeTable Table(IEnumerable<AttributeRule> rules)
    {
        IReadOnlyList<AttributeRule> own = [.. rules];
        return new("Listener", own) { Foreign = Foreign, ForeignKeys = All.Except(own.Select(rule => rule.Key)).ToHashSet() };
    }

    private static IEnumerable<AttributeRule> OfTcp() => [Between(TcpIdleTimeout, 350, 60, 6000)];

    private static IEnumerable<AttributeRule> OfHttp() => [Boolean(Server, true), .. ResponseHeaders.Select(header => header.Rule)];

    /// <summary>What targets are told of a client's TLS, by the names of the headers.</summary>
    private static IEnumerable<AttributeRule> OfHttps() =>
    [
        .. ClientHeaders.Select(header => header.Rule),
        HeaderName(TlsVersion, "X-Amzn-Tls-Version"),
        HeaderName(CipherSuite, "X-Amzn-Tls-Cipher-Suite"),
    ];
}
