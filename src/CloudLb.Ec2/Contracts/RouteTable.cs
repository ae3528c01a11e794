using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A route table.</summary>
public sealed record RouteTable : IResponseShape<RouteTable>
{
    public string? RouteTableId { get; init; }

    public string? VpcId { get; init; }

    public string? OwnerId { get; init; }

    public IReadOnlyList<Route>? Routes { get; init; }

    public IReadOnlyList<RouteTableAssociation>? Associations { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public static RouteTable Read(ResponseReader reader) => new()
    {
        RouteTableId = reader.String("routeTableId"),
        VpcId = reader.String("vpcId"),
        OwnerId = reader.String("ownerId"),
        Routes = reader.List<Route>("routeSet"),
        Associations = reader.List<RouteTableAssociation>("associationSet"),
        Tags = reader.List<Tag>("tagSet"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("routeTableId"u8, RouteTableId);
        writer.String("vpcId"u8, VpcId);
        writer.String("ownerId"u8, OwnerId);
        writer.ItemList("routeSet"u8, Routes);
        writer.ItemList("associationSet"u8, Associations);
        writer.ItemList("tagSet"u8, Tags);
    }
}
