using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Listeners: what each type of load balancer may have, and what of AWS's is not carried.</summary>
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

        return text is "HTTP" or "TCP"
            ? Enum.Parse<Protocol>(text)
            : throw Errors.UnsupportedProtocol.Because($"The specified listener protocol '{text}' is not supported");
    }

    /// <summary>Holds that nothing is said of TLS, which no listener here speaks.</summary>
    public static void CheckPlain(
        string protocol, string? sslPolicy, IReadOnlyList<Wire.Certificate>? certificates, IReadOnlyList<string>? alpnPolicy,
        Wire.MutualAuthenticationAttributes? mutualAuthentication, LoadBalancerType type)
    {
        if (certificates is { Count: > 0 })
        {
            throw Invalid($"A certificate cannot be specified for {protocol} listeners");
        }

        if (!string.IsNullOrEmpty(sslPolicy))
        {
            throw Invalid($"An SSL policy cannot be specifed for {protocol} listeners");
        }

        if (alpnPolicy is { Count: > 0 })
        {
            throw type == LoadBalancerType.Application
                ? Invalid("You cannot set ALPN policy on load balancers of type 'application'")
                : Invalid($"ALPN policy cannot be specified for {protocol} listeners");
        }

        if (mutualAuthentication is { Mode: not (null or "off") })
        {
            throw Invalid("Mutual Authentication cannot be set for non secure listeners");
        }
    }

    public static Wire.Listener ToWire(this Listener listener) => new()
    {
        ListenerArn = listener.Arn.ToString(),
        LoadBalancerArn = listener.Arn.LoadBalancer.ToString(),
        Port = listener.Port,
        Protocol = listener.Protocol.ToString(),
        DefaultActions = listener.DefaultActions.ToWire(listener.LoadBalancerType),
    };

    /// <summary>Every attribute that a listener of its protocol has.</summary>
    public static IReadOnlyList<Wire.ListenerAttribute> AttributesToWire(this Listener listener) =>
    [
        .. ListenerAttributes.Of(listener.Protocol).All(listener.Attributes)
            .Select(attribute => new Wire.ListenerAttribute { Key = attribute.Key, Value = attribute.Value }),
    ];

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
