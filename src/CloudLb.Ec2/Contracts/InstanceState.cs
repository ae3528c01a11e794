using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The state of an instance.</summary>
public sealed record InstanceState : IResponseShape<InstanceState>
{
    public int? Code { get; init; }

    public string? Name { get; init; }

    public static InstanceState Read(ResponseReader reader) => new()
    {
        Code = reader.Int32("code"),
        Name = reader.String("name"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.Int32("code"u8, Code);
        writer.String("name"u8, Name);
    }
}
