using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeInstances</c>.</summary>
public sealed record DescribeInstancesRequest(Selection Selection) : IRequestShape<DescribeInstancesRequest>
{
    private const string IdName = "InstanceId";

    public static DescribeInstancesRequest Read(ParameterReader reader) => new(Selection.Read(reader, IdName));

    public void Write(FormShapeWriter writer) => Selection.Write(writer, IdName);
}

/// <summary>The answer of <c>DescribeInstances</c>.</summary>
public sealed record DescribeInstancesResponse : IResponseShape<DescribeInstancesResponse>
{
    public IReadOnlyList<Reservation>? Reservations { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? NextToken { get; init; }

    public static DescribeInstancesResponse Read(ResponseReader reader) => new()
    {
        Reservations = reader.List<Reservation>("reservationSet"),
        NextToken = reader.String("nextToken"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.ItemList("reservationSet"u8, Reservations);
        writer.String("nextToken"u8, NextToken);
    }
}
