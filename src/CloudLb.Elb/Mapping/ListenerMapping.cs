using CloudLb.AwsApi;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using Wire = CloudLb.Elb.Contracts;

namespace CloudLb.Elb.Mapping;

/// <summary>
/// Listeners: protocols in any case come in, upper case goes out; the instance protocol is the listener's own when it is not given.
/// </summary>
internal static class ListenerMapping
{
    /// <param name="listeners">At least one.</param>
    /// <param name="loadBalancer">Of the account and region whose certificates they may name.</param>
    /// <param name="certificates">Read within the change of the load balancer, so that none is deleted meanwhile.</param>
    public static IReadOnlyList<Listener> ToDomain(
        this IReadOnlyList<Wire.Listener> listeners, LoadBalancerKey loadBalancer,
        ResourceCollection<string, ServerCertificate> certificates) =>
        [.. listeners.NotEmpty("Listeners").Select(listener => listener.ToDomain(loadBalancer, certificates))];

    private static Listener ToDomain(
        this Wire.Listener listener, LoadBalancerKey loadBalancer, ResourceCollection<string, ServerCertificate> certificates)
    {
        var protocol = Protocol(listener.Protocol);
        var instanceProtocol = string.IsNullOrEmpty(listener.InstanceProtocol) ? protocol : Protocol(listener.InstanceProtocol);
        if (listener.LoadBalancerPort is < 1 or > 65535)
        {
            throw CommonErrors.ValidationError.Because("Load balancer port must be in 1-65535 inclusive");
        }

        var domain = new Listener
        {
            Protocol = protocol,
            LoadBalancerPort = listener.LoadBalancerPort,
            InstanceProtocol = instanceProtocol,
            InstancePort = listener.InstancePort,
        };

        if (domain.IsSecure && string.IsNullOrEmpty(listener.SSLCertificateId))
        {
            throw CommonErrors.ValidationError.Because("Secure Listeners need to specify a SSLCertificateId");
        }

        // One that is given for a plain listener is dropped without a word, as at AWS.
        return domain.IsHttp == (instanceProtocol is ListenerProtocol.HTTP or ListenerProtocol.HTTPS)
            ? domain with
            {
                CertificateId = domain.IsSecure
                    ? certificates.IdOf(loadBalancer.Account, loadBalancer.Region, listener.SSLCertificateId!)
                    : null,
            }
            : throw CommonErrors.ValidationError.Because(
                $"Protocol {protocol} and InstanceProtocol {instanceProtocol} must both be HTTP or HTTPS, or both be TCP or SSL");
    }

    public static Wire.Listener ToWire(this Listener listener, ResourceCollection<string, ServerCertificate> certificates) => new()
    {
        Protocol = listener.Protocol.ToString(),
        LoadBalancerPort = listener.LoadBalancerPort,
        InstanceProtocol = listener.InstanceProtocol.ToString(),
        InstancePort = listener.InstancePort,
        SSLCertificateId = certificates.ArnOf(listener.CertificateId),
    };

    private static ListenerProtocol Protocol(string text) => text.ToUpperInvariant() switch
    {
        "HTTP" => ListenerProtocol.HTTP,
        "HTTPS" => ListenerProtocol.HTTPS,
        "TCP" => ListenerProtocol.TCP,
        "SSL" => ListenerProtocol.SSL,
        _ => throw Errors.UnsupportedProtocol.Because($"The protocol '{text}' is not supported; it must be one of HTTP, HTTPS, TCP, SSL"),
    };
}
