using CloudLb.AwsApi;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Listeners: what each type of load balancer may have, and how they are shown.</summary>
internal static class ListenerMapping
{
    private const string OfApplication = "HTTP, HTTPS";
    private const string OfNetwork = "TCP, QUIC, TCP_QUIC, UDP, TCP_UDP, TLS";

    /// <summary>The protocol of a listener; null where none is given.</summary>
    public static Protocol? ToProtocol(string? text, LoadBalancerType type)
    {
        if (text is null)
        {
            return null;
        }

        var allowed = type == LoadBalancerType.Network ? OfNetwork : OfApplication;
        if (!allowed.Split(", ").Contains(text))
        {
            throw CommonErrors.ValidationError.Because($"Listener protocol '{text}' must be one of '{allowed}'");
        }

        return text is "HTTP" or "HTTPS" or "TCP" or "TLS" or "UDP" or "TCP_UDP"
            ? Enum.Parse<Protocol>(text)
            : throw Errors.UnsupportedProtocol.Because($"The specified listener protocol '{text}' is not supported");
    }

    /// <param name="listener">The listener.</param>
    /// <param name="snapshot">Where the ARN of its certificate is found.</param>
    public static Wire.Listener ToWire(this Listener listener, Snapshot snapshot) => new()
    {
        ListenerArn = listener.Arn.ToString(),
        LoadBalancerArn = listener.Arn.LoadBalancer.ToString(),
        Port = listener.Port,
        Protocol = listener.Protocol.ToString(),
        SslPolicy = listener.Tls?.SslPolicy,
        Certificates = listener.Tls is { } tls ? [new() { CertificateArn = snapshot.Certificates.Find(tls.CertificateId)?.Arn }] : null,
        AlpnPolicy = listener.Tls?.AlpnPolicy is { } policy ? [policy] : null,
        MutualAuthentication = listener.Protocol == Protocol.HTTPS
            ? MutualAuthenticationMapping.ToWire(listener.Tls?.MutualAuthentication)
            : null,
        DefaultActions = listener.DefaultActions.ToWire(listener.LoadBalancerType),
    };

    /// <summary>Every attribute that a listener of its protocol has.</summary>
    public static IReadOnlyList<Wire.ListenerAttribute> AttributesToWire(this Listener listener) =>
    [
        .. ListenerAttributes.Of(listener.Protocol).All(listener.Attributes)
            .Select(attribute => new Wire.ListenerAttribute { Key = attribute.Key, Value = attribute.Value }),
    ];
}
