using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Mapping;

/// <summary>Subnets and security groups: ids come in and are held against the network of the account and region.</summary>
internal static class NetworkMapping
{
    /// <summary>The subnets, at least one; one that is not there is SubnetNotFound.</summary>
    public static IReadOnlyList<Subnet> Subnets(this Network network, IReadOnlyList<string> subnetIds) =>
    [
        .. subnetIds.NotEmpty("Subnets")
            .Select(id => network.FindSubnet(id) ?? throw Errors.SubnetNotFound.Because($"The subnet ID '{id}' does not exist")),
    ];

    /// <summary>The load balancer as it is, unless it faces the internet in a VPC that has no way there.</summary>
    public static LoadBalancer EnsureReachable(this LoadBalancer loadBalancer, Network network) =>
        loadBalancer is { Scheme: LoadBalancerScheme.InternetFacing, VpcId: { } vpcId }
            && network.FindVpc(vpcId) is { HasInternetGateway: false }
            ? throw Errors.InvalidSubnet.Because($"VPC {vpcId} has no internet gateway")
            : loadBalancer;

    /// <summary>The groups by their ids; one that is not there is InvalidSecurityGroup.</summary>
    /// <param name="vpcId">The load balancer's; null outside a VPC, where it may have none.</param>
    public static IReadOnlyList<SecurityGroup> SecurityGroups(this Network network, IReadOnlyList<string> groupIds, string? vpcId) =>
    [
        .. groupIds.Select(id => network.FindSecurityGroup(id, vpcId ?? "")
            ?? throw Errors.InvalidSecurityGroup.Because($"The security group '{id}' does not exist")),
    ];

    public static IReadOnlyList<string> ToWire(this EquatableArray<AttachedSubnet> subnets) =>
        [.. subnets.Select(subnet => subnet.SubnetId)];
}
