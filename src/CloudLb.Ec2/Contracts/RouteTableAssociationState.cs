using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>Whether a route table is in use.</summary>
public sealed record RouteTableAssociationState : IResponseShape<RouteTableAssociationState>
{
    public string? State { get; init; }

    public static RouteTableAssociationState Read(ResponseReader reader) => new()
    {
        State = reader.String("state"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("state"u8, State);
    }
}
