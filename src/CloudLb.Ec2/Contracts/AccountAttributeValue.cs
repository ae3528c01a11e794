using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A value of an attribute.</summary>
public sealed record AccountAttributeValue : IResponseShape<AccountAttributeValue>
{
    public string? AttributeValue { get; init; }

    public static AccountAttributeValue Read(ResponseReader reader) => new()
    {
        AttributeValue = reader.String("attributeValue"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("attributeValue"u8, AttributeValue);
    }
}
