using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Elb.Planning;

/// <summary>What a secure listener's certificate and negotiation policy ask of the data plane.</summary>
internal static class ClassicTls
{
    /// <summary>What is offered where requests are understood: Classic load balancers have no HTTP/2.</summary>
    private static readonly EquatableArray<string> Http = ["http/1.1"];

    /// <summary>Null for a listener that is not secure.</summary>
    public static PlannedTls? Of(Listener listener, LoadBalancer loadBalancer) =>

        // No API makes a secure listener without a certificate; were there one, it alone must not be served.
        listener.IsSecure
            ? Of(
                listener.CertificateId ?? "", loadBalancer.NegotiationOfListener(listener.LoadBalancerPort)) with
                {
                    Alpn = listener.IsHttp ? Http : [],
                }
            : null;

    public static PlannedTls Of(string certificateId, SslNegotiation negotiation) => new()
    {
        CertificateId = certificateId,
        Versions = negotiation.Protocols.Select(Version).Order().ToEquatableArray(),
        Ciphers = negotiation.Ciphers,
        IsServerOrder = negotiation.IsServerOrder,
    };

    private static TlsVersion Version(string protocol) => protocol switch
    {
        "Protocol-SSLv3" => TlsVersion.Ssl3,
        "Protocol-TLSv1" => TlsVersion.Tls10,
        "Protocol-TLSv1.1" => TlsVersion.Tls11,
        "Protocol-TLSv1.2" => TlsVersion.Tls12,
        "Protocol-TLSv1.3" => TlsVersion.Tls13,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "No protocol of a negotiation policy."),
    };
}
