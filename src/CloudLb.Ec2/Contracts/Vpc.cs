using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A virtual private cloud.</summary>
public sealed record Vpc : IResponseShape<Vpc>
{
    public string? VpcId { get; init; }

    public string? OwnerId { get; init; }

    public string? State { get; init; }

    public string? DhcpOptionsId { get; init; }

    /// <summary>Absent when it is not known.</summary>
    public string? CidrBlock { get; init; }

    public IReadOnlyList<VpcCidrBlockAssociation>? CidrBlockAssociations { get; init; }

    public string? InstanceTenancy { get; init; }

    public bool? IsDefault { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public static Vpc Read(ResponseReader reader) => new()
    {
        VpcId = reader.String("vpcId"),
        OwnerId = reader.String("ownerId"),
        State = reader.String("state"),
        DhcpOptionsId = reader.String("dhcpOptionsId"),
        CidrBlock = reader.String("cidrBlock"),
        CidrBlockAssociations = reader.List<VpcCidrBlockAssociation>("cidrBlockAssociationSet"),
        InstanceTenancy = reader.String("instanceTenancy"),
        IsDefault = reader.Boolean("isDefault"),
        Tags = reader.List<Tag>("tagSet"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("vpcId"u8, VpcId);
        writer.String("ownerId"u8, OwnerId);
        writer.String("state"u8, State);
        writer.String("dhcpOptionsId"u8, DhcpOptionsId);
        writer.String("cidrBlock"u8, CidrBlock);
        writer.ItemList("cidrBlockAssociationSet"u8, CidrBlockAssociations);
        writer.String("instanceTenancy"u8, InstanceTenancy);
        writer.Boolean("isDefault"u8, IsDefault);
        writer.ItemList("tagSet"u8, Tags);
    }
}
