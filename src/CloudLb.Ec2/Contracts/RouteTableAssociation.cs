using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>What a route table is used for.</summary>
public sealed record RouteTableAssociation : IResponseShape<RouteTableAssociation>
{
    public string? RouteTableAssociationId { get; init; }

    public string? RouteTableId { get; init; }

    /// <summary>Whether every subnet has it that names no other.</summary>
    public bool? Main { get; init; }

    public RouteTableAssociationState? AssociationState { get; init; }

    public static RouteTableAssociation Read(ResponseReader reader) => new()
    {
        RouteTableAssociationId = reader.String("routeTableAssociationId"),
        RouteTableId = reader.String("routeTableId"),
        Main = reader.Boolean("main"),
        AssociationState = reader.Structure<RouteTableAssociationState>("associationState"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("routeTableAssociationId"u8, RouteTableAssociationId);
        writer.String("routeTableId"u8, RouteTableId);
        writer.Boolean("main"u8, Main);
        writer.Structure("associationState"u8, AssociationState);
    }
}
