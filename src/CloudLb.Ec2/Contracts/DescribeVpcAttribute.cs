using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeVpcAttribute</c>.</summary>
/// <param name="VpcId">The VPC.</param>
/// <param name="Attribute">The one attribute that is asked for.</param>
public sealed record DescribeVpcAttributeRequest(string? VpcId, string? Attribute) : IRequestShape<DescribeVpcAttributeRequest>
{
    public static DescribeVpcAttributeRequest Read(ParameterReader reader) => new(reader.String("VpcId"), reader.String("Attribute"));

    public void Write(FormShapeWriter writer)
    {
        writer.String("VpcId", VpcId);
        writer.String("Attribute", Attribute);
    }
}

/// <summary>The answer of <c>DescribeVpcAttribute</c>: the VPC and the attribute that was asked for.</summary>
public sealed record DescribeVpcAttributeResponse : IResponseShape<DescribeVpcAttributeResponse>
{
    public string? VpcId { get; init; }

    public AttributeBooleanValue? EnableDnsSupport { get; init; }

    public AttributeBooleanValue? EnableDnsHostnames { get; init; }

    public AttributeBooleanValue? EnableNetworkAddressUsageMetrics { get; init; }

    public static DescribeVpcAttributeResponse Read(ResponseReader reader) => new()
    {
        VpcId = reader.String("vpcId"),
        EnableDnsSupport = reader.Structure<AttributeBooleanValue>("enableDnsSupport"),
        EnableDnsHostnames = reader.Structure<AttributeBooleanValue>("enableDnsHostnames"),
        EnableNetworkAddressUsageMetrics = reader.Structure<AttributeBooleanValue>("enableNetworkAddressUsageMetrics"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("vpcId"u8, VpcId);
        writer.Structure("enableDnsSupport"u8, EnableDnsSupport);
        writer.Structure("enableDnsHostnames"u8, EnableDnsHostnames);
        writer.Structure("enableNetworkAddressUsageMetrics"u8, EnableNetworkAddressUsageMetrics);
    }
}
