using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>An IPv6 network.</summary>
public sealed record Ipv6Range : IResponseShape<Ipv6Range>
{
    public string? CidrIpv6 { get; init; }

    public static Ipv6Range Read(ResponseReader reader) => new()
    {
        CidrIpv6 = reader.String("cidrIpv6"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("cidrIpv6"u8, CidrIpv6);
    }
}
