using CloudLb.AwsApi;

namespace CloudLb.Ec2.Contracts;

/// <summary>The operations of EC2, version 2016-11-15, that are served. Written by hand: a sliver of a large model.</summary>
public static class Ec2Contract
{
    /// <summary>The operation <c>DescribeAccountAttributes</c>.</summary>
    public static OperationContract<DescribeAccountAttributesRequest, DescribeAccountAttributesResponse> DescribeAccountAttributes { get; } = new("DescribeAccountAttributes", "", []);

    /// <summary>The operation <c>DescribeAvailabilityZones</c>.</summary>
    public static OperationContract<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse> DescribeAvailabilityZones { get; } = new("DescribeAvailabilityZones", "", []);

    /// <summary>The operation <c>DescribeInstanceAttribute</c>.</summary>
    public static OperationContract<DescribeInstanceAttributeRequest, DescribeInstanceAttributeResponse> DescribeInstanceAttribute { get; } = new("DescribeInstanceAttribute", "", []);

    /// <summary>The operation <c>DescribeInstances</c>.</summary>
    public static OperationContract<DescribeInstancesRequest, DescribeInstancesResponse> DescribeInstances { get; } = new("DescribeInstances", "", []);

    /// <summary>The operation <c>DescribeInstanceTypes</c>.</summary>
    public static OperationContract<DescribeInstanceTypesRequest, DescribeInstanceTypesResponse> DescribeInstanceTypes { get; } = new("DescribeInstanceTypes", "", []);

    /// <summary>The operation <c>DescribeNetworkInterfaces</c>.</summary>
    public static OperationContract<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResponse> DescribeNetworkInterfaces { get; } = new("DescribeNetworkInterfaces", "", []);

    /// <summary>The operation <c>DescribeRouteTables</c>.</summary>
    public static OperationContract<DescribeRouteTablesRequest, DescribeRouteTablesResponse> DescribeRouteTables { get; } = new("DescribeRouteTables", "", []);

    /// <summary>The operation <c>DescribeSecurityGroups</c>.</summary>
    public static OperationContract<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponse> DescribeSecurityGroups { get; } = new("DescribeSecurityGroups", "", []);

    /// <summary>The operation <c>DescribeSubnets</c>.</summary>
    public static OperationContract<DescribeSubnetsRequest, DescribeSubnetsResponse> DescribeSubnets { get; } = new("DescribeSubnets", "", []);

    /// <summary>The operation <c>DescribeVpcAttribute</c>.</summary>
    public static OperationContract<DescribeVpcAttributeRequest, DescribeVpcAttributeResponse> DescribeVpcAttribute { get; } = new("DescribeVpcAttribute", "", []);

    /// <summary>The operation <c>DescribeVpcs</c>.</summary>
    public static OperationContract<DescribeVpcsRequest, DescribeVpcsResponse> DescribeVpcs { get; } = new("DescribeVpcs", "", []);

    /// <summary>The service itself.</summary>
    public static ServiceContract Service { get; } = new()
    {
        Version = "2016-11-15",
        XmlNamespace = "http://ec2.amazonaws.com/doc/2016-11-15/",
        SigningName = "ec2",
        Dialect = QueryDialect.Ec2,
        Operations =
        [
            DescribeAccountAttributes,
            DescribeAvailabilityZones,
            DescribeInstanceAttribute,
            DescribeInstances,
            DescribeInstanceTypes,
            DescribeNetworkInterfaces,
            DescribeRouteTables,
            DescribeSecurityGroups,
            DescribeSubnets,
            DescribeVpcAttribute,
            DescribeVpcs,
        ],
    };
}
