using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A rule of a security group.</summary>
public sealed record IpPermission : IResponseShape<IpPermission>
{
    /// <summary><c>-1</c> for every protocol, which has no ports then.</summary>
    public string? IpProtocol { get; init; }

    public int? FromPort { get; init; }

    public int? ToPort { get; init; }

    public IReadOnlyList<IpRange>? IpRanges { get; init; }

    public IReadOnlyList<Ipv6Range>? Ipv6Ranges { get; init; }

    public static IpPermission Read(ResponseReader reader) => new()
    {
        IpProtocol = reader.String("ipProtocol"),
        FromPort = reader.Int32("fromPort"),
        ToPort = reader.Int32("toPort"),
        IpRanges = reader.List<IpRange>("ipRanges"),
        Ipv6Ranges = reader.List<Ipv6Range>("ipv6Ranges"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("ipProtocol"u8, IpProtocol);
        writer.Int32("fromPort"u8, FromPort);
        writer.Int32("toPort"u8, ToPort);
        writer.ItemList("ipRanges"u8, IpRanges);
        writer.ItemList("ipv6Ranges"u8, Ipv6Ranges);
    }
}
