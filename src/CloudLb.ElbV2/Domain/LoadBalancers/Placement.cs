using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Inventory;

namespace CloudLb.ElbV2.Domain;

/// <summary>Where in a VPC a load balancer may be.</summary>
internal static class Placement
{
    /// <summary>Holds that there are as many zones as the type needs, and one subnet in each.</summary>
    public static void CheckZones(LoadBalancerType type, IReadOnlyList<Subnet> subnets)
    {
        if (type == LoadBalancerType.Network && subnets.Count == 0)
        {
            throw CommonErrors.ValidationError.Because("At least one subnet must be specified");
        }

        var zones = subnets.Select(subnet => subnet.AvailabilityZone).Distinct().Count();
        if (zones < subnets.Count)
        {
            throw Errors.InvalidConfigurationRequest.Because(
                "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
        }

        if (type == LoadBalancerType.Application && zones < 2)
        {
            throw CommonErrors.ValidationError.Because("At least two subnets in two different Availability Zones must be specified");
        }
    }

    /// <summary>As they are kept: in the order of their zones' names.</summary>
    public static EquatableArray<AttachedSubnet> Attached(IEnumerable<Subnet> subnets) => subnets
        .Select(subnet => new AttachedSubnet(subnet.SubnetId, subnet.AvailabilityZone))
        .OrderBy(subnet => subnet.AvailabilityZone, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The ids of groups of that VPC, each once.</summary>
    public static EquatableArray<string> Groups(IReadOnlyList<SecurityGroup> groups, string vpcId, Quotas quotas)
    {
        if (groups.Any(group => group.VpcId != vpcId))
        {
            throw Errors.InvalidConfigurationRequest.Because("One or more security groups are invalid");
        }

        var ids = groups.Select(group => group.GroupId).Distinct().ToEquatableArray();
        return ids.Count <= quotas.SecurityGroups
            ? ids
            : throw Errors.InvalidConfigurationRequest.Because(
                $"Up to '{quotas.SecurityGroups}' security groups can be specified, but '{ids.Count}' were specified");
    }
}
