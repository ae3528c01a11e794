using CloudLb.Core.Addresses;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Load balancers as the API shows them. One is active as soon as it is made.</summary>
internal static class LoadBalancerMapping
{
    private static readonly Wire.LoadBalancerState Active = new() { Code = "active" };

    public static Wire.LoadBalancer ToWire(this LoadBalancer loadBalancer)
    {
        var isNetwork = loadBalancer.Type == LoadBalancerType.Network;
        return new()
        {
            LoadBalancerArn = loadBalancer.Arn.ToString(),
            DNSName = loadBalancer.DnsName,
            CanonicalHostedZoneId = isNetwork
                ? NetworkHostedZones.Of(loadBalancer.Arn.Region)
                : HostedZones.Of(loadBalancer.Arn.Region),
            CreatedTime = loadBalancer.CreatedTime,
            LoadBalancerName = loadBalancer.Name,
            Scheme = loadBalancer.Scheme.ToWire(),
            VpcId = loadBalancer.VpcId,
            State = Active,
            Type = loadBalancer.Type.ToWire(),
            AvailabilityZones = loadBalancer.ZonesToWire(),
            SecurityGroups = isNetwork && loadBalancer.SecurityGroups.Count == 0 ? null : loadBalancer.SecurityGroups,
            IpAddressType = loadBalancer.AddressType(),
            EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = EnforcementOf(loadBalancer),
            EnablePrefixForIpv6SourceNat = isNetwork ? "off" : null,
        };
    }

    public static IReadOnlyList<Wire.AvailabilityZone> ZonesToWire(this LoadBalancer loadBalancer) =>
    [
        .. loadBalancer.Subnets.Select(subnet => new Wire.AvailabilityZone
        {
            ZoneName = subnet.AvailabilityZone,
            SubnetId = subnet.SubnetId,
            LoadBalancerAddresses =
            [
                .. loadBalancer.SubnetAddresses.Where(each => each.SubnetId == subnet.SubnetId && each.IsFixed).Select(ToWire),
            ],
        }),
    ];

    private static Wire.LoadBalancerAddress ToWire(SubnetAddress address) => address.AllocationId is { } id
        ? new() { IpAddress = address.Address.ToString(), AllocationId = id }
        : new() { PrivateIPv4Address = address.Address.ToString() };

    /// <summary>What a network load balancer says of private links: as at AWS nothing before somebody has said something.</summary>
    public static string? EnforcementOf(LoadBalancer loadBalancer) =>
        loadBalancer is { Type: LoadBalancerType.Network, IsSaidOfPrivateLinks: true } ? "on" : null;

    public static string ToWire(this LoadBalancerType type) => type == LoadBalancerType.Network ? "network" : "application";

    public static string ToWire(this LoadBalancerScheme scheme) => scheme == LoadBalancerScheme.Internal ? "internal" : "internet-facing";

    /// <summary>The scheme of a request, whose values the contract has checked.</summary>
    public static LoadBalancerScheme ToScheme(string? text) =>
        text == "internal" ? LoadBalancerScheme.Internal : LoadBalancerScheme.InternetFacing;
}
