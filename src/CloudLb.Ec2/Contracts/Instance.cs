using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>An instance.</summary>
public sealed record Instance : IResponseShape<Instance>
{
    public string? InstanceId { get; init; }

    public InstanceState? State { get; init; }

    public string? InstanceType { get; init; }

    /// <summary>Written, never read: nothing here depends on an endpoint's.</summary>
    public DateTimeOffset? LaunchTime { get; init; }

    /// <summary>Absent when it has an IPv6 address alone.</summary>
    public string? PrivateIpAddress { get; init; }

    public string? Ipv6Address { get; init; }

    public Placement? Placement { get; init; }

    /// <summary>Absent when it is not known.</summary>
    public string? VpcId { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public static Instance Read(ResponseReader reader) => new()
    {
        InstanceId = reader.String("instanceId"),
        State = reader.Structure<InstanceState>("instanceState"),
        InstanceType = reader.String("instanceType"),
        PrivateIpAddress = reader.String("privateIpAddress"),
        Ipv6Address = reader.String("ipv6Address"),
        Placement = reader.Structure<Placement>("placement"),
        VpcId = reader.String("vpcId"),
        Tags = reader.List<Tag>("tagSet"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("instanceId"u8, InstanceId);
        writer.Structure("instanceState"u8, State);
        writer.String("instanceType"u8, InstanceType);
        writer.Timestamp("launchTime"u8, LaunchTime);
        writer.String("privateIpAddress"u8, PrivateIpAddress);
        writer.String("ipv6Address"u8, Ipv6Address);
        writer.Structure("placement"u8, Placement);
        writer.String("vpcId"u8, VpcId);
        writer.ItemList("tagSet"u8, Tags);
    }
}
