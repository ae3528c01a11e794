using CloudLb.AwsApi;
using CloudLb.Core.Addresses;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Mapping;

/// <summary>The types of addresses of load balancers and target groups on the wire.</summary>
internal static class AddressTypeMapping
{
    private const string Parameter = "IpAddressType", IPv4 = "ipv4", IPv6 = "ipv6", DualStack = "dualstack",
        WithoutPublicIPv4 = "dualstack-without-public-ipv4";

    /// <summary>Whether a load balancer is to be reached by IPv6 too; absent: by IPv4 alone.</summary>
    /// <param name="text">The parameter.</param>
    /// <param name="type">Of the load balancer.</param>
    /// <param name="addresses">Whether there are addresses of IPv6.</param>
    public static bool IsDualStack(string? text, LoadBalancerType type, AddressAssignment addresses)
    {
        if (text == WithoutPublicIPv4 && type == LoadBalancerType.Network)
        {
            throw CommonErrors.ValidationError.Because(
                "The specified IP address type is not supported on load balancers with type 'network'.");
        }

        if (text == DualStack && !addresses.HasIPv6)
        {
            throw NotCarried.Because(
                Parameter, text, "there are no addresses of IPv6 here to give (the setting CloudLb:IPv6AddressPool)");
        }

        if (text != DualStack)
        {
            NotCarried.Unless(Parameter, text, IPv4);
        }

        return text == DualStack;
    }

    /// <summary>Whether a group's targets are of IPv6; absent: of IPv4.</summary>
    public static bool IsIPv6(string? text, TargetType type, Protocol protocol)
    {
        if (text == IPv6 && type != TargetType.Ip)
        {
            throw NotCarried.Because(Parameter, text, "targets of IPv6 are those of the type 'ip'");
        }

        if (text == IPv6 && protocol.HasDatagrams)
        {
            throw NotCarried.Because(Parameter, text, "load balancers with UDP or TCP_UDP listeners are reached by IPv4 alone");
        }

        if (text != IPv6)
        {
            NotCarried.Unless(Parameter, text, IPv4);
        }

        return text == IPv6;
    }

    public static string AddressType(this LoadBalancer loadBalancer) => loadBalancer.IsDualStack ? DualStack : IPv4;

    public static string AddressType(this TargetGroup group) => group.IsIPv6 ? IPv6 : IPv4;
}
