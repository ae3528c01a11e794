using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A subnet.</summary>
public sealed record Subnet : IResponseShape<Subnet>
{
    public string? SubnetId { get; init; }

    public string? SubnetArn { get; init; }

    public string? State { get; init; }

    public string? OwnerId { get; init; }

    public string? VpcId { get; init; }

    /// <summary>Absent when it is not known.</summary>
    public string? CidrBlock { get; init; }

    /// <summary>Those of its network but for the five that AWS keeps; absent when the network is not known.</summary>
    public int? AvailableIpAddressCount { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? AvailabilityZoneId { get; init; }

    public bool? DefaultForAz { get; init; }

    public bool? MapPublicIpOnLaunch { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public static Subnet Read(ResponseReader reader) => new()
    {
        SubnetId = reader.String("subnetId"),
        SubnetArn = reader.String("subnetArn"),
        State = reader.String("state"),
        OwnerId = reader.String("ownerId"),
        VpcId = reader.String("vpcId"),
        CidrBlock = reader.String("cidrBlock"),
        AvailableIpAddressCount = reader.Int32("availableIpAddressCount"),
        AvailabilityZone = reader.String("availabilityZone"),
        AvailabilityZoneId = reader.String("availabilityZoneId"),
        DefaultForAz = reader.Boolean("defaultForAz"),
        MapPublicIpOnLaunch = reader.Boolean("mapPublicIpOnLaunch"),
        Tags = reader.List<Tag>("tagSet"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("subnetId"u8, SubnetId);
        writer.String("subnetArn"u8, SubnetArn);
        writer.String("state"u8, State);
        writer.String("ownerId"u8, OwnerId);
        writer.String("vpcId"u8, VpcId);
        writer.String("cidrBlock"u8, CidrBlock);
        writer.Int32("availableIpAddressCount"u8, AvailableIpAddressCount);
        writer.String("availabilityZone"u8, AvailabilityZone);
        writer.String("availabilityZoneId"u8, AvailabilityZoneId);
        writer.Boolean("defaultForAz"u8, DefaultForAz);
        writer.Boolean("mapPublicIpOnLaunch"u8, MapPublicIpOnLaunch);
        writer.ItemList("tagSet"u8, Tags);
    }
}
