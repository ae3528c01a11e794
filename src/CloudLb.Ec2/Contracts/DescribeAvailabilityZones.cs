using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeAvailabilityZones</c>.</summary>
/// <param name="Selection">The zones by their names, and filters.</param>
/// <param name="ZoneIds">The zones by their ids.</param>
public sealed record DescribeAvailabilityZonesRequest(Selection Selection, IReadOnlyList<string> ZoneIds) : IRequestShape<DescribeAvailabilityZonesRequest>
{
    private const string NameName = "ZoneName";
    private const string IdName = "ZoneId";

    public static DescribeAvailabilityZonesRequest Read(ParameterReader reader) => new(Selection.Read(reader, NameName), reader.FlatStringList(IdName));

    public void Write(FormShapeWriter writer)
    {
        Selection.Write(writer, NameName);
        writer.FlatStringList(IdName, ZoneIds);
    }
}

/// <summary>The answer of <c>DescribeAvailabilityZones</c>.</summary>
public sealed record DescribeAvailabilityZonesResponse : IResponseShape<DescribeAvailabilityZonesResponse>
{
    public IReadOnlyList<AvailabilityZone>? AvailabilityZones { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? NextToken { get; init; }

    public static DescribeAvailabilityZonesResponse Read(ResponseReader reader) => new()
    {
        AvailabilityZones = reader.List<AvailabilityZone>("availabilityZoneInfo"),
        NextToken = reader.String("nextToken"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.ItemList("availabilityZoneInfo"u8, AvailabilityZones);
        writer.String("nextToken"u8, NextToken);
    }
}
