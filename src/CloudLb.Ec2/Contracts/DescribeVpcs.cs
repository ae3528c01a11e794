using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeVpcs</c>.</summary>
public sealed record DescribeVpcsRequest(Selection Selection) : IRequestShape<DescribeVpcsRequest>
{
    private const string IdName = "VpcId";

    public static DescribeVpcsRequest Read(ParameterReader reader) => new(Selection.Read(reader, IdName));

    public void Write(FormShapeWriter writer) => Selection.Write(writer, IdName);
}

/// <summary>The answer of <c>DescribeVpcs</c>.</summary>
public sealed record DescribeVpcsResponse : IResponseShape<DescribeVpcsResponse>
{
    public IReadOnlyList<Vpc>? Vpcs { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? NextToken { get; init; }

    public static DescribeVpcsResponse Read(ResponseReader reader) => new()
    {
        Vpcs = reader.List<Vpc>("vpcSet"),
        NextToken = reader.String("nextToken"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.ItemList("vpcSet"u8, Vpcs);
        writer.String("nextToken"u8, NextToken);
    }
}
