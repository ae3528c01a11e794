using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>Whether a network belongs to its VPC.</summary>
public sealed record VpcCidrBlockState : IResponseShape<VpcCidrBlockState>
{
    public string? State { get; init; }

    public static VpcCidrBlockState Read(ResponseReader reader) => new()
    {
        State = reader.String("state"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("state"u8, State);
    }
}
