using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>An Availability Zone.</summary>
public sealed record AvailabilityZone : IResponseShape<AvailabilityZone>
{
    public string? ZoneName { get; init; }

    public string? ZoneId { get; init; }

    public string? State { get; init; }

    public string? RegionName { get; init; }

    public string? ZoneType { get; init; }

    public string? OptInStatus { get; init; }

    public string? GroupName { get; init; }

    public static AvailabilityZone Read(ResponseReader reader) => new()
    {
        ZoneName = reader.String("zoneName"),
        ZoneId = reader.String("zoneId"),
        State = reader.String("zoneState"),
        RegionName = reader.String("regionName"),
        ZoneType = reader.String("zoneType"),
        OptInStatus = reader.String("optInStatus"),
        GroupName = reader.String("groupName"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("zoneName"u8, ZoneName);
        writer.String("zoneId"u8, ZoneId);
        writer.String("zoneState"u8, State);
        writer.String("regionName"u8, RegionName);
        writer.String("zoneType"u8, ZoneType);
        writer.String("optInStatus"u8, OptInStatus);
        writer.String("groupName"u8, GroupName);
    }
}
