using CloudLb.Core;
using CloudLb.Core.LoadBalancers;
using Wire = CloudLb.Elb.Contracts;

namespace CloudLb.Elb.Mapping;

/// <summary>Listeners: protocols in any case come in, upper case goes out; the instance protocol is the listener's own when it is not given.</summary>
internal static class ListenerMapping
{
    public static IReadOnlyList<Listener> ToDomain(this IReadOnlyList<Wire.Listener> listeners) => listeners.Count > 0
        ? [.. listeners.Select(listener => listener.ToDomain())]
        : throw new ServiceException(ErrorCode.ValidationError, "Listeners cannot be empty");

    private static Listener ToDomain(this Wire.Listener listener)
    {
        var protocol = Protocol(listener.Protocol);
        var instanceProtocol = string.IsNullOrEmpty(listener.InstanceProtocol) ? protocol : Protocol(listener.InstanceProtocol);
        if (listener.LoadBalancerPort is < 1 or > 65535)
        {
            throw new ServiceException(ErrorCode.ValidationError, "Load balancer port must be in 1-65535 inclusive");
        }

        RefuseSecure(listener, protocol, instanceProtocol);
        var domain = new Listener
        {
            Protocol = protocol,
            LoadBalancerPort = listener.LoadBalancerPort,
            InstanceProtocol = instanceProtocol,
            InstancePort = listener.InstancePort,
        };

        return domain.IsHttp == (instanceProtocol is ListenerProtocol.HTTP or ListenerProtocol.HTTPS)
            ? domain
            : throw new ServiceException(
                ErrorCode.ValidationError, $"Protocol {protocol} and InstanceProtocol {instanceProtocol} must both be HTTP or HTTPS, or both be TCP or SSL");
    }

    public static Wire.Listener ToWire(this Listener listener) => new()
    {
        Protocol = listener.Protocol.ToString(),
        LoadBalancerPort = listener.LoadBalancerPort,
        InstanceProtocol = listener.InstanceProtocol.ToString(),
        InstancePort = listener.InstancePort,
    };

    private static ListenerProtocol Protocol(string text) => text.ToUpperInvariant() switch
    {
        "HTTP" => ListenerProtocol.HTTP,
        "HTTPS" => ListenerProtocol.HTTPS,
        "TCP" => ListenerProtocol.TCP,
        "SSL" => ListenerProtocol.SSL,
        _ => throw new ServiceException(ErrorCode.UnsupportedProtocol, $"The protocol '{text}' is not supported; it must be one of HTTP, HTTPS, TCP, SSL"),
    };

    /// <summary>There are no certificates to be had yet, and none to check an instance's against.</summary>
    private static void RefuseSecure(Wire.Listener listener, ListenerProtocol protocol, ListenerProtocol instanceProtocol)
    {
        if (protocol is ListenerProtocol.HTTPS or ListenerProtocol.SSL)
        {
            throw string.IsNullOrEmpty(listener.SSLCertificateId)
                ? new ServiceException(ErrorCode.ValidationError, "Secure Listeners need to specify a SSLCertificateId")
                : new ServiceException(ErrorCode.CertificateNotFound, $"Server Certificate not found for the key: {listener.SSLCertificateId}");
        }

        if (instanceProtocol is ListenerProtocol.HTTPS or ListenerProtocol.SSL)
        {
            throw new ServiceException(ErrorCode.UnsupportedProtocol, $"The instance protocol '{instanceProtocol}' is not supported");
        }
    }
}
