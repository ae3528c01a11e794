using CloudLb.Core;
using CloudLb.Core.Certificates;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What a secure listener's certificates and policies ask of the data plane.</summary>
internal static class TlsPlan
{
    private const string SuitePrefix = "TLS_";

    /// <summary>Null for a listener that is not secure.</summary>
    /// <param name="loadBalancer">Whose it is; null for one that has set nothing.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="certificate">Finds one by its id.</param>
    /// <param name="trust">Finds what stands for a trust store.</param>
    public static PlannedTls? Of(
        LoadBalancer? loadBalancer, Listener listener, Func<string, ServerCertificate?> certificate, Func<Arn, PlannedTrust> trust)
    {
        if (listener.Tls is not { } tls)
        {
            return null;
        }

        var policy = SslPolicyCollection.Get(tls.SslPolicy);
        return new()
        {
            CertificateId = tls.CertificateId,
            NamedCertificateIds = CertificateOrder.Of(tls.NamedCertificateIds, certificate),
            Versions = policy.Protocols.Select(Version).Order().ToEquatableArray(),
            Ciphers = policy.Ciphers.Where(name => !IsSuite(name)).ToEquatableArray(),
            CipherSuites = policy.Ciphers.Where(IsSuite).ToEquatableArray(),
            IsServerOrder = true,
            ClientAuthentication = ClientTrustPlan.Of(tls.MutualAuthentication, trust),
            Alpn = listener.Protocol.IsHttp ? HttpAlpn(loadBalancer) : Alpn(tls.AlpnPolicy),
        };
    }

    private static bool IsSuite(string cipher) => cipher.StartsWith(SuitePrefix, StringComparison.Ordinal);

    private static EquatableArray<string> HttpAlpn(LoadBalancer? loadBalancer) =>
        loadBalancer?.Attribute(LoadBalancerAttributes.Http2) == "false" ? ["http/1.1"] : ["h2", "http/1.1"];

    private static EquatableArray<string> Alpn(string? policy) => policy switch
    {
        "HTTP1Only" => ["http/1.1", "http/1.0"],
        "HTTP2Only" => ["h2"],
        "HTTP2Optional" => ["http/1.1", "http/1.0", "h2"],
        "HTTP2Preferred" => ["h2", "http/1.1", "http/1.0"],
        _ => [],
    };

    private static TlsVersion Version(string protocol) => protocol switch
    {
        "TLSv1" => TlsVersion.Tls10,
        "TLSv1.1" => TlsVersion.Tls11,
        "TLSv1.2" => TlsVersion.Tls12,
        "TLSv1.3" => TlsVersion.Tls13,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "No protocol of a predefined policy."),
    };
}
