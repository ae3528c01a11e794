using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A network interface.</summary>
public sealed record NetworkInterface : IResponseShape<NetworkInterface>
{
    public string? NetworkInterfaceId { get; init; }

    public string? SubnetId { get; init; }

    public string? VpcId { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? Description { get; init; }

    public string? OwnerId { get; init; }

    public string? RequesterId { get; init; }

    public bool? RequesterManaged { get; init; }

    public string? Status { get; init; }

    public string? PrivateIpAddress { get; init; }

    public IReadOnlyList<GroupIdentifier>? Groups { get; init; }

    public NetworkInterfaceAttachment? Attachment { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public static NetworkInterface Read(ResponseReader reader) => new()
    {
        NetworkInterfaceId = reader.String("networkInterfaceId"),
        SubnetId = reader.String("subnetId"),
        VpcId = reader.String("vpcId"),
        AvailabilityZone = reader.String("availabilityZone"),
        Description = reader.String("description"),
        OwnerId = reader.String("ownerId"),
        RequesterId = reader.String("requesterId"),
        RequesterManaged = reader.Boolean("requesterManaged"),
        Status = reader.String("status"),
        PrivateIpAddress = reader.String("privateIpAddress"),
        Groups = reader.List<GroupIdentifier>("groupSet"),
        Attachment = reader.Structure<NetworkInterfaceAttachment>("attachment"),
        Tags = reader.List<Tag>("tagSet"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("networkInterfaceId"u8, NetworkInterfaceId);
        writer.String("subnetId"u8, SubnetId);
        writer.String("vpcId"u8, VpcId);
        writer.String("availabilityZone"u8, AvailabilityZone);
        writer.String("description"u8, Description);
        writer.String("ownerId"u8, OwnerId);
        writer.String("requesterId"u8, RequesterId);
        writer.Boolean("requesterManaged"u8, RequesterManaged);
        writer.String("status"u8, Status);
        writer.String("privateIpAddress"u8, PrivateIpAddress);
        writer.ItemList("groupSet"u8, Groups);
        writer.Structure("attachment"u8, Attachment);
        writer.ItemList("tagSet"u8, Tags);
    }
}
