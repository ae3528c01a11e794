using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>An IPv4 network.</summary>
public sealed record IpRange : IResponseShape<IpRange>
{
    public string? CidrIp { get; init; }

    public static IpRange Read(ResponseReader reader) => new()
    {
        CidrIp = reader.String("cidrIp"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("cidrIp"u8, CidrIp);
    }
}
