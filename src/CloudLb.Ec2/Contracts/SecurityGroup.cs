using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A security group.</summary>
public sealed record SecurityGroup : IResponseShape<SecurityGroup>
{
    public string? OwnerId { get; init; }

    public string? GroupId { get; init; }

    public string? GroupName { get; init; }

    public string? Description { get; init; }

    public string? VpcId { get; init; }

    /// <summary>Empty as well when the rules are not known.</summary>
    public IReadOnlyList<IpPermission>? IpPermissions { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public static SecurityGroup Read(ResponseReader reader) => new()
    {
        OwnerId = reader.String("ownerId"),
        GroupId = reader.String("groupId"),
        GroupName = reader.String("groupName"),
        Description = reader.String("groupDescription"),
        VpcId = reader.String("vpcId"),
        IpPermissions = reader.List<IpPermission>("ipPermissions"),
        Tags = reader.List<Tag>("tagSet"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("ownerId"u8, OwnerId);
        writer.String("groupId"u8, GroupId);
        writer.String("groupName"u8, GroupName);
        writer.String("groupDescription"u8, Description);
        writer.String("vpcId"u8, VpcId);
        writer.ItemList("ipPermissions"u8, IpPermissions);
        writer.ItemList("tagSet"u8, Tags);
    }
}
