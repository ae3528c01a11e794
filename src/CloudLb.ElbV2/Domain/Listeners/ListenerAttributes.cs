using CloudLb.ElbV2.Domain.Attributes;
using static CloudLb.ElbV2.Domain.Attributes.AttributeForms;

namespace CloudLb.ElbV2.Domain;

/// <summary>The attributes of listeners by protocol, with AWS's defaults.</summary>
internal static class ListenerAttributes
{
    public const string TcpIdleTimeout = "tcp.idle_timeout.seconds";
    private const string Foreign = "The provided listener attribute is not supported";
    private const string Response = "routing.http.response";

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
        $"{Response}.strict_transport_security.header_value",
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
    [
        Boolean($"{Response}.server.enabled", true).Fixed(),
        .. new[]
        {
            "access_control_allow_origin", "access_control_allow_methods", "access_control_allow_headers",
            "access_control_allow_credentials", "access_control_expose_headers", "access_control_max_age", "content_security_policy",
        }
        .Select(name => Text($"{Response}.{name}.header_value").Fixed()),
        Header("x_content_type_options", ["nosniff"]),
        Header("x_frame_options", ["DENY", "SAMEORIGIN"]),
    ];

    private static AttributeRule Header(string name, IReadOnlyList<string> values)
    {
        var key = $"{Response}.{name}.header_value";
        return OneOf(
            key, "", [.. values, ""],
            value => $"The value of '{key}' must be from the following: [{string.Join(", ", values)}], but was '{value}'").Fixed();
    }
}
