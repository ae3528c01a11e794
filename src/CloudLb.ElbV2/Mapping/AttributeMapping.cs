using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Attributes; a value that is not given is empty.</summary>
internal static class AttributeMapping
{
    public static IReadOnlyCollection<ResourceAttribute> ToDomain(this IReadOnlyList<Wire.LoadBalancerAttribute> attributes) =>
        [.. attributes.Select(attribute => new ResourceAttribute(attribute.Key ?? "", attribute.Value ?? ""))];

    public static IReadOnlyCollection<ResourceAttribute> ToDomain(this IReadOnlyList<Wire.TargetGroupAttribute> attributes) =>
        [.. attributes.Select(attribute => new ResourceAttribute(attribute.Key ?? "", attribute.Value ?? ""))];

    public static IReadOnlyCollection<ResourceAttribute> ToDomain(this IReadOnlyList<Wire.ListenerAttribute> attributes) =>
        [.. attributes.Select(attribute => new ResourceAttribute(attribute.Key ?? "", attribute.Value ?? ""))];

    /// <summary>Every attribute that the load balancer's type has.</summary>
    public static IReadOnlyList<Wire.LoadBalancerAttribute> AttributesToWire(this LoadBalancer loadBalancer) =>
    [
        .. LoadBalancerAttributes.Of(loadBalancer.Type, loadBalancer.Scheme).All(loadBalancer.Attributes)
            .Select(attribute => new Wire.LoadBalancerAttribute { Key = attribute.Key, Value = attribute.Value }),
    ];
}
