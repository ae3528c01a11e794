using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeAccountAttributes</c>.</summary>
public sealed record DescribeAccountAttributesRequest(IReadOnlyList<string> AttributeNames) : IRequestShape<DescribeAccountAttributesRequest>
{
    public static DescribeAccountAttributesRequest Read(ParameterReader reader) => new(reader.FlatStringList("AttributeName"));

    public void Write(FormShapeWriter writer) => writer.FlatStringList("AttributeName", AttributeNames);
}

/// <summary>The answer of <c>DescribeAccountAttributes</c>.</summary>
public sealed record DescribeAccountAttributesResponse : IResponseShape<DescribeAccountAttributesResponse>
{
    public IReadOnlyList<AccountAttribute>? AccountAttributes { get; init; }

    public static DescribeAccountAttributesResponse Read(ResponseReader reader) => new()
    {
        AccountAttributes = reader.List<AccountAttribute>("accountAttributeSet"),
    };

    public void Write(ResponseWriter writer) => writer.ItemList("accountAttributeSet"u8, AccountAttributes);
}
