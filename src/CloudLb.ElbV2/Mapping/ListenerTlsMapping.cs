using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>What is said of a listener's TLS.</summary>
internal static class ListenerTlsMapping
{
    private static readonly string[] AlpnPolicies = ["HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"];

    public static ListenerTlsChange? TlsOf(this Wire.CreateListenerRequest request, Protocol protocol, Caller caller) => Of(
        protocol, caller, request.SslPolicy, request.Certificates, request.AlpnPolicy, request.MutualAuthentication);

    public static ListenerTlsChange? TlsOf(this Wire.ModifyListenerRequest request, Protocol protocol, Caller caller) => Of(
        protocol, caller, request.SslPolicy, request.Certificates, request.AlpnPolicy, request.MutualAuthentication);

    /// <summary>The one certificate that such a call may name.</summary>
    public static string OnlyArn(this IReadOnlyList<Wire.Certificate> certificates)
    {
        if (certificates.Count > 1)
        {
            throw Invalid($"Up to '1' certificate ARNs can be specified, but '{certificates.Count}' were specified");
        }

        return certificates is [{ CertificateArn: { Length: > 0 } arn }] ? arn : throw Invalid("A certificate ARN must be specified");
    }

    /// <summary>Null for a listener that is not secure, of which nothing may be said.</summary>
    private static ListenerTlsChange? Of(
        Protocol protocol, Caller caller, string? sslPolicy, IReadOnlyList<Wire.Certificate>? certificates,
        IReadOnlyList<string>? alpnPolicy, Wire.MutualAuthenticationAttributes? mutualAuthentication)
    {
        if (!protocol.IsSecure)
        {
            CheckPlain(protocol, sslPolicy, certificates);
        }

        CheckAlpn(protocol, alpnPolicy);
        var mutual = MutualAuthenticationMapping.Of(protocol, mutualAuthentication, caller);
        return protocol.IsSecure
            ? new(
                certificates is { Count: > 0 } ? certificates.OnlyArn() : null,
                string.IsNullOrEmpty(sslPolicy) ? null : PolicyOf(sslPolicy, protocol),
                alpnPolicy is { Count: > 0 } ? alpnPolicy[0] : null,
                mutual)
            : null;
    }

    private static void CheckPlain(Protocol protocol, string? sslPolicy, IReadOnlyList<Wire.Certificate>? certificates)
    {
        if (certificates is { Count: > 0 })
        {
            throw Invalid($"A certificate cannot be specified for {protocol} listeners");
        }

        if (!string.IsNullOrEmpty(sslPolicy))
        {
            throw Invalid($"An SSL policy cannot be specifed for {protocol} listeners");
        }
    }

    private static string PolicyOf(string name, Protocol protocol)
    {
        var policy = SslPolicyCollection.Get(name);
        return policy.LoadBalancerTypes.Contains(protocol.IsHttp ? "application" : "network")
            ? policy.Name
            : throw Errors.SSLPolicyNotFound.Because($"SSL policy '{name}' not found");
    }

    private static void CheckAlpn(Protocol protocol, IReadOnlyList<string>? policies)
    {
        if (policies is not { Count: > 0 })
        {
            return;
        }

        if (protocol != Protocol.TLS)
        {
            throw Invalid(
                protocol.IsHttp
                    ? "You cannot set ALPN policy on load balancers of type 'application'"
                    : $"ALPN policy cannot be specified for {protocol} listeners");
        }

        if (policies.Count > 1)
        {
            throw Invalid($"Up to '1' ALPN policy can be specified, but '{policies.Count}' were specified");
        }

        if (!AlpnPolicies.Contains(policies[0]))
        {
            throw Errors.ALPNPolicyNotFound.Because($"ALPN policy [{ResourceNames.Cut(policies[0])}] is not found");
        }
    }

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
