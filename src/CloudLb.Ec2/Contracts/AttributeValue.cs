using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>An attribute of an instance that is a text.</summary>
public sealed record AttributeValue : IResponseShape<AttributeValue>
{
    /// <summary>Absent when there is none.</summary>
    public string? Value { get; init; }

    public static AttributeValue Read(ResponseReader reader) => new()
    {
        Value = reader.String("value"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("value"u8, Value);
    }
}
