using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A network of a VPC.</summary>
public sealed record VpcCidrBlockAssociation : IResponseShape<VpcCidrBlockAssociation>
{
    public string? AssociationId { get; init; }

    public string? CidrBlock { get; init; }

    public VpcCidrBlockState? CidrBlockState { get; init; }

    public static VpcCidrBlockAssociation Read(ResponseReader reader) => new()
    {
        AssociationId = reader.String("associationId"),
        CidrBlock = reader.String("cidrBlock"),
        CidrBlockState = reader.Structure<VpcCidrBlockState>("cidrBlockState"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("associationId"u8, AssociationId);
        writer.String("cidrBlock"u8, CidrBlock);
        writer.Structure("cidrBlockState"u8, CidrBlockState);
    }
}
