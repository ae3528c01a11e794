using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>An attribute of the account.</summary>
public sealed record AccountAttribute : IResponseShape<AccountAttribute>
{
    public string? AttributeName { get; init; }

    public IReadOnlyList<AccountAttributeValue>? AttributeValues { get; init; }

    public static AccountAttribute Read(ResponseReader reader) => new()
    {
        AttributeName = reader.String("attributeName"),
        AttributeValues = reader.List<AccountAttributeValue>("attributeValueSet"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("attributeName"u8, AttributeName);
        writer.ItemList("attributeValueSet"u8, AttributeValues);
    }
}
