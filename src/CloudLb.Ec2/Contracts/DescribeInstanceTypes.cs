using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeInstanceTypes</c>.</summary>
public sealed record DescribeInstanceTypesRequest(Selection Selection) : IRequestShape<DescribeInstanceTypesRequest>
{
    private const string IdName = "InstanceType";

    public static DescribeInstanceTypesRequest Read(ParameterReader reader) => new(Selection.Read(reader, IdName));

    public void Write(FormShapeWriter writer) => Selection.Write(writer, IdName);
}

/// <summary>The answer of <c>DescribeInstanceTypes</c>.</summary>
public sealed record DescribeInstanceTypesResponse : IResponseShape<DescribeInstanceTypesResponse>
{
    public IReadOnlyList<InstanceTypeInfo>? InstanceTypes { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? NextToken { get; init; }

    public static DescribeInstanceTypesResponse Read(ResponseReader reader) => new()
    {
        InstanceTypes = reader.List<InstanceTypeInfo>("instanceTypeSet"),
        NextToken = reader.String("nextToken"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.ItemList("instanceTypeSet"u8, InstanceTypes);
        writer.String("nextToken"u8, NextToken);
    }
}
