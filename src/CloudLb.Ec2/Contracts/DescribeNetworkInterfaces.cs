using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeNetworkInterfaces</c>.</summary>
public sealed record DescribeNetworkInterfacesRequest(Selection Selection) : IRequestShape<DescribeNetworkInterfacesRequest>
{
    private const string IdName = "NetworkInterfaceId";

    public static DescribeNetworkInterfacesRequest Read(ParameterReader reader) => new(Selection.Read(reader, IdName));

    public void Write(FormShapeWriter writer) => Selection.Write(writer, IdName);
}

/// <summary>The answer of <c>DescribeNetworkInterfaces</c>.</summary>
public sealed record DescribeNetworkInterfacesResponse : IResponseShape<DescribeNetworkInterfacesResponse>
{
    public IReadOnlyList<NetworkInterface>? NetworkInterfaces { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? NextToken { get; init; }

    public static DescribeNetworkInterfacesResponse Read(ResponseReader reader) => new()
    {
        NetworkInterfaces = reader.List<NetworkInterface>("networkInterfaceSet"),
        NextToken = reader.String("nextToken"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.ItemList("networkInterfaceSet"u8, NetworkInterfaces);
        writer.String("nextToken"u8, NextToken);
    }
}
