using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeSubnets</c>.</summary>
public sealed record DescribeSubnetsRequest(Selection Selection) : IRequestShape<DescribeSubnetsRequest>
{
    private const string IdName = "SubnetId";

    public static DescribeSubnetsRequest Read(ParameterReader reader) => new(Selection.Read(reader, IdName));

    public void Write(FormShapeWriter writer) => Selection.Write(writer, IdName);
}

/// <summary>The answer of <c>DescribeSubnets</c>.</summary>
public sealed record DescribeSubnetsResponse : IResponseShape<DescribeSubnetsResponse>
{
    public IReadOnlyList<Subnet>? Subnets { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? NextToken { get; init; }

    public static DescribeSubnetsResponse Read(ResponseReader reader) => new()
    {
        Subnets = reader.List<Subnet>("subnetSet"),
        NextToken = reader.String("nextToken"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.ItemList("subnetSet"u8, Subnets);
        writer.String("nextToken"u8, NextToken);
    }
}
