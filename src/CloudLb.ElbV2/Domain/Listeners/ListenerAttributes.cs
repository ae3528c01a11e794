using CloudLb.ElbV2.Domain.Attributes;
using static CloudLb.ElbV2.Domain.Attributes.AttributeForms;

namespace CloudLb.ElbV2.Domain;

/// <summary>The attributes of listeners by protocol, with AWS's defaults.</summary>
internal static class ListenerAttributes
{
    public const string TcpIdleTimeout = "tcp.idle_timeout.seconds";
    public const string Server = "routing.http.response.server.enabled";
    private const string Foreign = "The provided listener attribute is not supported";
    private const string HttpsOnly = "Strict-Transport-Security";

    /// <summary>The headers that answers can be given, in the order in which their attributes are described.</summary>
    public static readonly IReadOnlyList<ResponseHeader> ResponseHeaders =
    [
        ResponseHeader.Of(HttpsOnly),
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

    private static readonly string[] OfHttps =
    [
        "routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name",
        "routing.http.request.x_amzn_mtls_clientcert_issuer.header_name",
        "routing.http.request.x_amzn_mtls_clientcert_subject.header_name",
        "routing.http.request.x_amzn_mtls_clientcert_validity.header_name",
        "routing.http.request.x_amzn_mtls_clientcert_leaf.header_name",
        "routing.http.request.x_amzn_mtls_clientcert.header_name",
        "routing.http.request.x_amzn_tls_version.header_name",
        "routing.http.request.x_amzn_tls_cipher_suite.header_name",
        ResponseHeader.Of(HttpsOnly).Rule.Key,
    ];

    private static readonly AttributeTable Tcp = new("Listener", [.. OfTcp()])
    {
        Foreign = Foreign, ForeignKeys = OfHttp().Select(rule => rule.Key).Concat(OfHttps).ToHashSet(),
    };

    private static readonly AttributeTable Http = new("Listener", [.. OfHttp()])
    {
        Foreign = Foreign, ForeignKeys = OfTcp().Select(rule => rule.Key).Concat(OfHttps).ToHashSet(),
    };

    public static AttributeTable Of(Protocol protocol) => protocol == Protocol.TCP ? Tcp : Http;

    private static IEnumerable<AttributeRule> OfTcp() => [Between(TcpIdleTimeout, 350, 60, 6000)];

    private static IEnumerable<AttributeRule> OfHttp() =>
        [Boolean(Server, true), .. ResponseHeaders.Where(header => header.Name != HttpsOnly).Select(header => header.Rule)];
}
