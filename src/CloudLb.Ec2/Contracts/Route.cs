using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>Where a route table sends a network's packets.</summary>
public sealed record Route : IResponseShape<Route>
{
    public string? DestinationCidrBlock { get; init; }

    /// <summary>An internet gateway, or <c>local</c>.</summary>
    public string? GatewayId { get; init; }

    public string? State { get; init; }

    public string? Origin { get; init; }

    public static Route Read(ResponseReader reader) => new()
    {
        DestinationCidrBlock = reader.String("destinationCidrBlock"),
        GatewayId = reader.String("gatewayId"),
        State = reader.String("state"),
        Origin = reader.String("origin"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("destinationCidrBlock"u8, DestinationCidrBlock);
        writer.String("gatewayId"u8, GatewayId);
        writer.String("state"u8, State);
        writer.String("origin"u8, Origin);
    }
}
