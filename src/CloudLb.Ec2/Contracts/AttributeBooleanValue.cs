using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>Whether an attribute of a VPC or of an instance is on.</summary>
public sealed record AttributeBooleanValue : IResponseShape<AttributeBooleanValue>
{
    public bool? Value { get; init; }

    public static AttributeBooleanValue Read(ResponseReader reader) => new()
    {
        Value = reader.Boolean("value"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.Boolean("value"u8, Value);
    }
}
