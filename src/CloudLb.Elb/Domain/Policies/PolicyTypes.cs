using CloudLb.Core;

namespace CloudLb.Elb.Domain.Policies;

/// <summary>The policy types of the Classic API, read once from the built-in table.</summary>
public static class PolicyTypes
{
    public const string ProxyProtocol = "ProxyProtocolPolicyType";
    public const string PublicKey = "PublicKeyPolicyType";
    public const string AppCookieStickiness = "AppCookieStickinessPolicyType";
    public const string LBCookieStickiness = "LBCookieStickinessPolicyType";
    public const string SslNegotiation = "SSLNegotiationPolicyType";
    public const string BackendServerAuthentication = "BackendServerAuthenticationPolicyType";

    /// <summary>The attribute of <see cref="ProxyProtocol"/>.</summary>
    public const string ProxyProtocolAttribute = "ProxyProtocol";

    /// <summary>The attribute of <see cref="PublicKey"/>.</summary>
    public const string PublicKeyAttribute = "PublicKey";

    /// <summary>The attribute of <see cref="AppCookieStickiness"/>.</summary>
    public const string CookieName = "CookieName";

    /// <summary>The attribute of <see cref="LBCookieStickiness"/>, in seconds.</summary>
    public const string CookieExpirationPeriod = "CookieExpirationPeriod";

    /// <summary>The attribute of <see cref="BackendServerAuthentication"/>; may be repeated.</summary>
    public const string PublicKeyPolicyName = "PublicKeyPolicyName";

    /// <summary>The attribute of <see cref="SslNegotiation"/> that names a predefined policy.</summary>
    public const string ReferenceSecurityPolicy = "Reference-Security-Policy";

    /// <summary>In the order in which DescribeLoadBalancerPolicyTypes lists them.</summary>
    public static EquatableArray<PolicyType> All { get; } = PolicyResource.Read<Table>("policy-types.json").PolicyTypes;

    /// <summary>The type, or AWS's PolicyTypeNotFound.</summary>
    public static PolicyType Get(string name) => All.FirstOrDefault(type => type.Name == name)
        ?? throw Errors.PolicyTypeNotFound.Because($"There is no policy type with name {name}");

    internal static bool IsCookieStickiness(string typeName) => typeName is AppCookieStickiness or LBCookieStickiness;

    private sealed record Table(EquatableArray<PolicyType> PolicyTypes);
}
