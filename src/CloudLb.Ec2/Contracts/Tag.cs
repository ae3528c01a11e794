using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A label on a resource.</summary>
public sealed record Tag : IResponseShape<Tag>
{
    public string? Key { get; init; }

    public string? Value { get; init; }

    public static Tag Read(ResponseReader reader) => new()
    {
        Key = reader.String("key"),
        Value = reader.String("value"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("key"u8, Key);
        writer.String("value"u8, Value);
    }
}
