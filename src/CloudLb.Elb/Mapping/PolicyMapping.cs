using System.Globalization;
using CloudLb.Core;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Policies;
using Wire = CloudLb.Elb.Contracts;

namespace CloudLb.Elb.Mapping;

/// <summary>Policies and their types, as the operations on policies and DescribeLoadBalancers show them.</summary>
internal static class PolicyMapping
{
    private static readonly Wire.Policies None = new()
    {
        AppCookieStickinessPolicies = [],
        LBCookieStickinessPolicies = [],
        OtherPolicies = [],
    };

    public static EquatableArray<PolicyAttribute> ToDomain(this IReadOnlyList<Wire.PolicyAttribute>? attributes) =>
        (attributes ?? [])
            .Select(attribute => new PolicyAttribute(attribute.AttributeName ?? "", attribute.AttributeValue ?? ""))
            .ToEquatableArray();

    public static Wire.PolicyDescription ToWire(this Policy policy) => new()
    {
        PolicyName = policy.Name,
        PolicyTypeName = policy.TypeName,
        PolicyAttributeDescriptions =
        [
            .. policy.Describe().Select(
                attribute => new Wire.PolicyAttributeDescription { AttributeName = attribute.Name, AttributeValue = attribute.Value }),
        ],
    };

    public static Wire.PolicyTypeDescription ToWire(this PolicyType type) => new()
    {
        PolicyTypeName = type.Name,
        Description = type.Description,
        PolicyAttributeTypeDescriptions =
        [
            .. type.Attributes.Select(attribute => new Wire.PolicyAttributeTypeDescription
            {
                AttributeName = attribute.Name, AttributeType = attribute.Type, Cardinality = attribute.Cardinality,
            }),
        ],
    };

    /// <summary>All policies of a load balancer by kind. A period that was not given is absent (aws-cli's examples).</summary>
    public static Wire.Policies PoliciesToWire(this LoadBalancer loadBalancer) => loadBalancer.Policies.Count == 0 ? None : new()
    {
        AppCookieStickinessPolicies =
        [
            .. OfType(loadBalancer, PolicyTypes.AppCookieStickiness)
                .Select(
                    policy =>
                        new Wire.AppCookieStickinessPolicy { PolicyName = policy.Name, CookieName = policy.Find(PolicyTypes.CookieName) }),
        ],
        LBCookieStickinessPolicies =
        [
            .. OfType(loadBalancer, PolicyTypes.LBCookieStickiness)
                .Select(policy => new Wire.LBCookieStickinessPolicy { PolicyName = policy.Name, CookieExpirationPeriod = Period(policy) }),
        ],
        OtherPolicies =
        [
            .. loadBalancer.Policies
                .Where(policy => policy.TypeName is not (PolicyTypes.AppCookieStickiness or PolicyTypes.LBCookieStickiness))
                .Select(policy => policy.Name),
        ],
    };

    public static IReadOnlyList<Wire.BackendServerDescription> BackendServersToWire(this LoadBalancer loadBalancer) =>
        [.. loadBalancer.BackendServerPolicies.Select(
            server => new Wire.BackendServerDescription { InstancePort = server.InstancePort, PolicyNames = server.PolicyNames })];

    private static IEnumerable<Policy> OfType(LoadBalancer loadBalancer, string typeName) =>
        loadBalancer.Policies.Where(policy => policy.TypeName == typeName);

    private static long? Period(Policy policy) =>
        policy.Find(PolicyTypes.CookieExpirationPeriod) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
