using CloudLb.Core.Inventory;
using Wire = CloudLb.Ec2.Contracts;

namespace CloudLb.Ec2.Mapping;

/// <summary>A security group as EC2 shows it: IPv4 and IPv6 networks apart, no ports where the protocol has none.</summary>
internal static class SecurityGroupMapping
{
    public static Wire.SecurityGroup ToWire(this SecurityGroup group, string account) => new()
    {
        OwnerId = account,
        GroupId = group.GroupId,
        GroupName = group.Name,
        Description = group.Description,
        VpcId = group.VpcId,
        IpPermissions = [.. (group.Ingress ?? []).Select(ToWire)],
        Tags = group.Tags.ToWire(),
    };

    private static Wire.IpPermission ToWire(IngressRule rule)
    {
        var hasPorts = rule.Protocol is "tcp" or "udp";
        return new()
        {
            IpProtocol = rule.Protocol,
            FromPort = hasPorts ? rule.FromPort : rule.Protocol == "icmp" ? -1 : null,
            ToPort = hasPorts ? rule.ToPort : rule.Protocol == "icmp" ? -1 : null,
            IpRanges = [.. rule.Sources.Where(source => !source.Contains(':')).Select(source => new Wire.IpRange { CidrIp = source })],
            Ipv6Ranges = [.. rule.Sources.Where(source => source.Contains(':')).Select(source => new Wire.Ipv6Range { CidrIpv6 = source })],
        };
    }
}
