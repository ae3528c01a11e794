using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeRouteTables</c>.</summary>
public sealed record DescribeRouteTablesRequest(Selection Selection) : IRequestShape<DescribeRouteTablesRequest>
{
    private const string IdName = "RouteTableId";

    public static DescribeRouteTablesRequest Read(ParameterReader reader) => new(Selection.Read(reader, IdName));

    public void Write(FormShapeWriter writer) => Selection.Write(writer, IdName);
}

/// <summary>The answer of <c>DescribeRouteTables</c>.</summary>
public sealed record DescribeRouteTablesResponse : IResponseShape<DescribeRouteTablesResponse>
{
    public IReadOnlyList<RouteTable>? RouteTables { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? NextToken { get; init; }

    public static DescribeRouteTablesResponse Read(ResponseReader reader) => new()
    {
        RouteTables = reader.List<RouteTable>("routeTableSet"),
        NextToken = reader.String("nextToken"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.ItemList("routeTableSet"u8, RouteTables);
        writer.String("nextToken"u8, NextToken);
    }
}
