using CloudLb.Core;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Tests.Unit.LoadBalancers.Policies;

/// <summary>Policies, and a load balancer with a listener of every protocol to set them on.</summary>
internal static class SamplePolicies
{
    public const string StickinessKey = "0123456789abcdef";

    /// <summary>80 HTTP and 443 HTTPS to 8080, 25 TCP to 2525, 465 SSL to 4650 over SSL.</summary>
    public static LoadBalancer LoadBalancer { get; } = Sample.LoadBalancer().WithListeners(
        [
            Secure(443, ListenerProtocol.HTTPS, ListenerProtocol.HTTP, 8080),
            Sample.Listener(25, 2525, ListenerProtocol.TCP),
            Secure(465, ListenerProtocol.SSL, ListenerProtocol.SSL, 4650),
        ],
        Sample.Quotas);

    public static Policy Policy(string name, string typeName, params EquatableArray<PolicyAttribute> attributes) =>
        new() { Name = name, TypeName = typeName, Attributes = attributes };

    public static Policy LBCookie(string name = "duration", string? period = "60") =>
        Policy(name, PolicyTypes.LBCookieStickiness, period is null ? [] : [new(PolicyTypes.CookieExpirationPeriod, period)]);

    public static Policy AppCookie(string name = "app", string cookie = "JSESSIONID") =>
        Policy(name, PolicyTypes.AppCookieStickiness, [new(PolicyTypes.CookieName, cookie)]);

    public static Policy Proxy(string name = "proxy", string value = "true") =>
        Policy(name, PolicyTypes.ProxyProtocol, [new(PolicyTypes.ProxyProtocolAttribute, value)]);

    public static Policy Ssl(string name = "tls", params EquatableArray<PolicyAttribute> attributes) =>
        Policy(name, PolicyTypes.SslNegotiation, attributes);

    public static Policy Referring(string name, string to) => Ssl(name, new PolicyAttribute(PolicyTypes.ReferenceSecurityPolicy, to));

    /// <summary>A P-256 key's SubjectPublicKeyInfo.</summary>
    public static Policy Key(string name = "key", string? body = null) => Policy(name, PolicyTypes.PublicKey, [new(
        PolicyTypes.PublicKeyAttribute,
        body
            ?? "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGGiB8p5sB7O+zG7Y5hRzeyc6PhoZGZL2uN0h0SkDifQx0vqsEFTLVDuzyrc9VvREGx9AdSPD2GklyGdKZSz37Q==")]);

    public static Policy Authentication(string name = "auth", params string[] keys) => Policy(
        name, PolicyTypes.BackendServerAuthentication,
        keys.Select(key => new PolicyAttribute(PolicyTypes.PublicKeyPolicyName, key)).ToEquatableArray());

    public static LoadBalancer With(this LoadBalancer loadBalancer, params IEnumerable<Policy> policies) =>
        policies.Aggregate(loadBalancer, (current, policy) => current.WithPolicy(policy, Sample.Quotas));

    public static LoadBalancer Set(this LoadBalancer loadBalancer, int port, params string[] names) =>
        loadBalancer.WithPoliciesOfListener(port, names, StickinessKey);

    private static Listener Secure(int port, ListenerProtocol protocol, ListenerProtocol instanceProtocol, int instancePort) =>
        new() { Protocol = protocol, LoadBalancerPort = port, InstanceProtocol = instanceProtocol, InstancePort = instancePort };
}
