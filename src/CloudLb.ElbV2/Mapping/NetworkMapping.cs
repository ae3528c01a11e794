using CloudLb.AwsApi;
using CloudLb.Core.Inventory;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Subnets and security groups: ids come in and are held against the network of the account and region.</summary>
internal static class NetworkMapping
{
    /// <summary>The ids that a request names in either way.</summary>
    public static IReadOnlyList<string> SubnetIds(IReadOnlyList<string>? subnets, IReadOnlyList<Wire.SubnetMapping>? mappings)
    {
        if (subnets is { Count: > 0 } && mappings is { Count: > 0 })
        {
            throw CommonErrors.ValidationError.Because("You can specify either subnets or subnet mappings, not both");
        }

        var ids = subnets is { Count: > 0 } ? subnets : [.. (mappings ?? []).Select(mapping => mapping.SubnetId ?? "")];
        return [.. ids.Distinct()];
    }

    /// <summary>The subnets; one that is not there is SubnetNotFound.</summary>
    public static IReadOnlyList<Subnet> Subnets(this Network network, IReadOnlyList<string> subnetIds) =>
    [
        .. subnetIds.Select(id => network.FindSubnet(id)
            ?? throw Errors.SubnetNotFound.Because($"The subnet ID '{ResourceNames.Cut(id)}' does not exist")),
    ];

    /// <summary>The groups by their ids; one that is not there is InvalidSecurityGroup.</summary>
    public static IReadOnlyList<SecurityGroup> SecurityGroups(this Network network, IReadOnlyList<string> groupIds, string vpcId) =>
    [
        .. groupIds.Distinct().Select(id => network.FindSecurityGroup(id, vpcId)
            ?? throw Errors.InvalidSecurityGroup.Because($"The security group '{ResourceNames.Cut(id)}' does not exist")),
    ];
}
